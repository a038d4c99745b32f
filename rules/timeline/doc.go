// Package timeline shows a simulation of rules as a web page: when each rule ran, raised alerts and was suppressed, its alerts by day, the
// incidents, and the events that no run or several runs saw.
//
// The page is one file that needs nothing else: styles and drawings stand in it, there is no script, and nothing is loaded. It
// follows the reader's choice of light or dark.
package timeline
