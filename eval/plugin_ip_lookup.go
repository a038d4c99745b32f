package eval

import (
	"iter"
	"net/netip"
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// ipLookup is a call of ipv4_lookup or ipv6_lookup.
type ipLookup struct {
	joining
	address   *expr // of a left row
	network   int   // the column of the right side that holds networks
	unmatched bool  // rows without a network are kept
	parse     func(string) (netip.Prefix, bool)
}

// bindIPv4Lookup extends rows with the rows of a table of networks that hold their address:
// one for each network that does (Kusto docs, "ipv4_lookup plugin").
func bindIPv4Lookup(c *pluginCall) *relation {
	if !c.arguments(3, "LookupTable", "SourceIPv4Key", "IPv4LookupKey", "ExtraKey…", "return_unmatched") {
		return c.refused()
	}
	if n := len(c.rest); n > 0 && c.args[4] == nil {
		if _, literal := unparen(c.rest[n-1]).(*kql.Literal); literal {
			c.args[4], c.rest = c.rest[n-1], c.rest[:n-1]
		}
	}
	l, drop := newIPLookup(c, c.args[4])
	if l == nil {
		return c.refused()
	}
	l.parse = func(s string) (netip.Prefix, bool) { p, ok := parseNetwork(s); return p, ok && p.Addr().Is4() }
	return l.relation(c.binder, l.columns(drop))
}

// bindIPv6Lookup is ipv4_lookup for addresses of both kinds. The table's columns come first.
func bindIPv6Lookup(c *pluginCall) *relation {
	if !c.arguments(3, "LookupTable", "SourceIPv6Key", "IPv6LookupKey", "return_unmatched") {
		return c.refused()
	}
	l, _ := newIPLookup(c, c.args[3])
	if l == nil {
		return c.refused()
	}
	l.parse = func(s string) (netip.Prefix, bool) {
		p, ok := parseNetwork(s)
		if ok && p.Addr().Is4() {
			p = netip.PrefixFrom(netip.AddrFrom16(p.Addr().As16()), p.Bits()+96)
		}
		return p, ok
	}
	cols := l.columns(nil)
	n := len(c.in.cols)
	return l.relation(c.binder, slices.Concat(cols[n:], cols[:n])) // the engine's order; the analyzer has the input first
}

// newIPLookup binds what the two have in common; drop are the columns of the table that are
// keys besides the network, which the input has too.
func newIPLookup(c *pluginCall, unmatched kql.Expr) (l *ipLookup, drop map[int]bool) {
	right := c.tabular(c.args[0])
	if right.bad {
		return nil, nil
	}
	address := c.column(c.args[1])
	keep, ok := c.constant(unmatched, scalar.Bool, scalar.NewBool(false))
	network, isName := unparen(c.args[2]).(*kql.Name)
	if address == nil || !ok {
		return nil, nil
	}
	if !isName || right.find(network.Name) < 0 {
		c.fail(c.args[2], "KS109", "the table has no such column", "")
		return nil, nil
	}
	l = &ipLookup{address: address, network: right.find(network.Name), unmatched: keep.IsTrue()}
	var keys joinKeys
	drop = make(map[int]bool)
	for _, extra := range c.rest {
		name, isName := unparen(extra).(*kql.Name)
		if !isName {
			c.fail(extra, "KS109", "a key must be a column that both tables have", "")
			return nil, nil
		}
		if !c.joinPair(extra, name.Name, name.Name, c.in, right, &keys) {
			return nil, nil
		}
		drop[keys.right[len(keys.right)-1]] = true
	}
	l.joining = *c.newJoining("", c.in, right, keys)
	return l, drop
}

// relation makes the relation of the look-up with the columns given.
func (l *ipLookup) relation(b *binder, cols []*column) *relation {
	out := b.held(nil, nil)
	out.cols = cols
	out.rows = func(e env) iter.Seq[*frame] { return l.rows(e, out.seg) }
	return out
}

// rows yields the left rows, each beside the rows of the networks that it lies in. Extra keys
// must be equal, as in a join.
func (l *ipLookup) rows(e env, seg *segment) iter.Seq[*frame] {
	return func(yield func(*frame) bool) {
		right := l.right.collectOf(e, l.values)
		if e.run.err != nil {
			return
		}
		table := l.table(right)
		blank := l.blank()
		out := seg.frame(e)
		emit := func(left *frame, row []scalar.Value) bool {
			out.leg, out.row = left, row
			out.next(0)
			return e.run.tick() && yield(out)
		}
		var hits []int
		var key, other []byte
		for f := range l.left.rows(e) {
			hits = hits[:0]
			usable := true
			key, usable = l.key(key[:0], f)
			if p, ok := l.parse(scalar.ToString(l.address.value(f))); ok && usable {
				hits = table.find(hits, p)
			}
			matched := false
			for _, i := range hits {
				if len(l.rightKeys) > 0 {
					if other, usable = l.rightKey(other[:0], right[i]); !usable || string(other) != string(key) {
						continue
					}
				}
				matched = true
				if !emit(f, right[i]) {
					return
				}
			}
			if !matched && l.unmatched && !emit(f, blank) {
				return
			}
		}
	}
}

// key appends the extra keys of a left row; ok is false where one of them is null.
func (l *ipLookup) key(buf []byte, f *frame) (key []byte, ok bool) {
	ok = true
	for _, x := range l.leftKeys {
		v := x.value(f)
		ok = ok && !v.IsNull()
		buf = scalar.AppendKey(buf, v)
	}
	return buf, ok
}

// rightKey appends the extra keys of a right row; ok is false where one of them is null.
func (l *ipLookup) rightKey(buf []byte, row []scalar.Value) (key []byte, ok bool) {
	ok = true
	for _, k := range l.rightKeys {
		ok = ok && !row[k].IsNull()
		buf = scalar.AppendKey(buf, row[k])
	}
	return buf, ok
}

// table files the networks of the right side.
func (l *ipLookup) table(rows [][]scalar.Value) networks {
	table := make(networks)
	for i, row := range rows {
		if p, ok := l.parse(scalar.ToString(row[l.network])); ok {
			table.add(p.Masked(), i)
		}
	}
	return table
}

// networks are networks by the number of their leading bits, with the rows that they stand in.
type networks map[int]map[netip.Addr][]int

func (n networks) add(p netip.Prefix, row int) {
	if n[p.Bits()] == nil {
		n[p.Bits()] = make(map[netip.Addr][]int)
	}
	n[p.Bits()][p.Addr()] = append(n[p.Bits()][p.Addr()], row)
}

// find appends the rows of the networks that p lies in, in their order. Where p is a wider
// network, those that lie in it count too: the fewer leading bits decide.
func (n networks) find(rows []int, p netip.Prefix) []int {
	for bits, byAddr := range n {
		if bits <= p.Bits() {
			rows = append(rows, byAddr[netip.PrefixFrom(p.Addr(), bits).Masked().Addr()]...)
			continue
		}
		for addr, list := range byAddr {
			if p.Contains(addr) {
				rows = append(rows, list...)
			}
		}
	}
	slices.Sort(rows)
	return rows
}

// parseNetwork reads an address with or without a /suffix.
func parseNetwork(s string) (netip.Prefix, bool) {
	if strings.Contains(s, "/") {
		p, err := netip.ParsePrefix(s)
		return p, err == nil
	}
	a, err := netip.ParseAddr(s)
	return netip.PrefixFrom(a, a.BitLen()), err == nil && a.Zone() == ""
}
