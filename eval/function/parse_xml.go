package function

import (
	"encoding/xml"
	"io"
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func xmlFunctions() []Function {
	return []Function{
		{
			Sig:   "parse_xml(xml_text: stringordynamic): dynamic",
			Doc:   "An XML document as a bag: attributes under @name, text beside other content under #text, elements that come again as an array; null where the text is no XML.",
			Names: NameRule{Kind: FirstArgument},
			Impl:  F1(parseXML),
			Examples: []string{
				`tostring(parse_xml('<e a="v">t</e>')) == '{"e":{"@a":"v","#text":"t"}}'`,
				`tostring(parse_xml('<e><a>x</a><a>y</a><b/></e>')) == '{"e":{"a":["x","y"],"b":null}}'`,
				`tostring(parse_xml('<?xml version="1.0"?><e> text <a>x</a> </e>').e["#text"]) == "text"`,
				`isnull(parse_xml("no xml"))`,
			},
		},
	}
}

// xmlElement is an element while it is read. Contents of one name stay together,
// in the order in which names first come.
type xmlElement struct {
	name  string
	text  strings.Builder
	names []string
	under map[string][]scalar.Value
}

func (e *xmlElement) add(name string, v scalar.Value) {
	if e.under == nil {
		e.under = make(map[string][]scalar.Value)
	}
	if _, ok := e.under[name]; !ok {
		e.names = append(e.names, name)
	}
	e.under[name] = append(e.under[name], v)
}

// value is the element's content as a dynamic value.
func (e *xmlElement) value() scalar.Value {
	text := strings.TrimSpace(e.text.String())
	if len(e.names) == 0 {
		return xmlText(text)
	}
	var bag scalar.BagBuilder
	for _, name := range e.names {
		// Attributes come first; the text follows them.
		if name[0] != '@' && text != "" {
			bag.Append("#text", xmlText(text))
			text = ""
		}
		bag.Append(name, e.content(name))
	}
	if text != "" {
		bag.Append("#text", xmlText(text))
	}
	return bag.Value()
}

// content is what stands under a name: a value, or an array of several.
func (e *xmlElement) content(name string) scalar.Value {
	if values := e.under[name]; len(values) > 1 {
		return scalar.NewArray(values)
	}
	return e.under[name][0]
}

// xmlText is the value of text content. The docs show numbers as numbers.
func xmlText(s string) scalar.Value {
	if s == "" {
		return scalar.Null(scalar.Dynamic)
	}
	if s[0] == '-' || isDigit(s[0]) {
		if v := scalar.ParseJSON(s); v.Kind() == scalar.Long || v.Kind() == scalar.Real {
			return v
		}
	}
	return scalar.NewString(s)
}

// maxXMLDepth is how deep elements may lie in one another.
const maxXMLDepth = 256

func parseXML(s string) scalar.Value {
	null := scalar.Null(scalar.Dynamic)
	d := xml.NewDecoder(strings.NewReader(s))
	// The text is already UTF-8, whatever encoding its first line names.
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	open := []*xmlElement{{}}
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			if len(open) != 1 || len(open[0].names) == 0 {
				return null
			}
			return open[0].value()
		}
		if err != nil {
			return null
		}
		top := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			if len(open) == 1 && len(top.names) > 0 || len(open) > maxXMLDepth {
				return null // a second root, or too deep
			}
			e := &xmlElement{name: xmlName(t.Name)}
			for _, a := range t.Attr {
				e.add("@"+xmlName(a.Name), scalar.NewString(a.Value))
			}
			open = append(open, e)
		case xml.EndElement:
			if len(open) == 1 || top.name != xmlName(t.Name) {
				return null
			}
			open = open[:len(open)-1]
			open[len(open)-1].add(top.name, top.value())
		case xml.CharData:
			if len(open) == 1 && strings.TrimSpace(string(t)) != "" {
				return null // text outside the root
			}
			top.text.Write(t)
		}
	}
}

func xmlName(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}
