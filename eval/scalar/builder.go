package scalar

// ArrayBuilder makes a dynamic array by appending to one buffer. The zero
// builder is an empty array.
type ArrayBuilder struct{ list listBuilder }

// Append adds an element.
func (b *ArrayBuilder) Append(v Value) {
	b.list.next('[')
	b.list.text = AppendJSON(b.list.text, v)
}

// Len returns the number of elements.
func (b *ArrayBuilder) Len() int { return b.list.n }

// Reset empties the builder and keeps its buffer.
func (b *ArrayBuilder) Reset() { b.list.reset() }

// Value returns the array. The builder may go on.
func (b *ArrayBuilder) Value() Value {
	if b.list.n == 0 {
		return Value{typ: Dynamic, kind: Array, s: "[]"}
	}
	return Value{typ: Dynamic, kind: Array, s: string(append(b.list.text, ']'))}
}

// BagBuilder makes a dynamic property bag by appending to one buffer. The zero
// builder is an empty bag.
type BagBuilder struct{ list listBuilder }

// Append adds a key and its value. It does not look for the key among those
// already there: Field reads the first.
func (b *BagBuilder) Append(key string, v Value) {
	b.list.next('{')
	b.list.text = append(appendJSONString(b.list.text, key), ':')
	b.list.text = AppendJSON(b.list.text, v)
}

// Len returns the number of keys.
func (b *BagBuilder) Len() int { return b.list.n }

// Reset empties the builder and keeps its buffer.
func (b *BagBuilder) Reset() { b.list.reset() }

// Value returns the bag. The builder may go on.
func (b *BagBuilder) Value() Value {
	if b.list.n == 0 {
		return Value{typ: Dynamic, kind: Bag, s: "{}"}
	}
	return Value{typ: Dynamic, kind: Bag, s: string(append(b.list.text, '}'))}
}

type listBuilder struct {
	text []byte
	n    int
}

// next starts the text with open, or separates what follows by a comma.
func (l *listBuilder) next(open byte) {
	if l.n > 0 {
		open = ','
	}
	l.text = append(l.text, open)
	l.n++
}

func (l *listBuilder) reset() { l.text, l.n = l.text[:0], 0 }

// NewArray returns a dynamic array of vals.
func NewArray(vals []Value) Value {
	var b ArrayBuilder
	for _, v := range vals {
		b.Append(v)
	}
	return b.Value()
}

// NewBag returns a dynamic property bag with vals[i] at keys[i]. The slices have
// the same length.
func NewBag(keys []string, vals []Value) Value {
	var b BagBuilder
	for i, key := range keys {
		b.Append(key, vals[i])
	}
	return b.Value()
}
