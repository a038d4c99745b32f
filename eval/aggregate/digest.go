package aggregate

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// digest is a t-digest: means of neighbouring values with their weights. It
// keeps every different value while these are at most exactCentroids, and merges
// neighbours from then on, least at the ends of the distribution.
type digest struct {
	of        scalar.Type // what the means are numbers of; NoType while empty
	centroids []centroid
	loose     int // centroids at the end that are not yet in order
}

type centroid struct{ mean, weight float64 }

// With more than exactCentroids, neighbours are merged. A merged centroid at
// quantile q then has up to 4q(1-q)/compression of the weight, which leaves some
// thousand centroids and ranks that are right within 0.2 %.
const (
	exactCentroids = 4096
	compression    = 400
)

func (d *digest) insert(c centroid) {
	d.centroids = append(d.centroids, c)
	if d.loose++; d.loose >= exactCentroids {
		d.compress()
	}
}

func (d *digest) merge(o *digest) {
	if d.of == scalar.NoType {
		d.of = o.of
	}
	for _, c := range o.centroids {
		d.insert(c)
	}
}

// compress puts the centroids in order, joins equal means, and neighbours too if
// there are too many.
func (d *digest) compress() {
	d.loose = 0
	slices.SortStableFunc(d.centroids, func(a, b centroid) int { return cmp.Compare(a.mean, b.mean) })
	d.join(func(last, next centroid, _, _ float64) bool { return last.mean == next.mean })
	if len(d.centroids) > exactCentroids {
		d.join(func(last, next centroid, before, total float64) bool {
			weight := last.weight + next.weight
			q := (before + weight/2) / total
			return weight <= 4*total*q*(1-q)/compression
		})
	}
}

// join merges neighbours for which together says so; before is the weight of
// all centroids ahead of the two.
func (d *digest) join(together func(last, next centroid, before, total float64) bool) {
	if len(d.centroids) == 0 {
		return
	}
	total, before := d.total(), 0.0
	joined := d.centroids[:1]
	for _, c := range d.centroids[1:] {
		last := &joined[len(joined)-1]
		if !together(*last, c, before, total) {
			before += last.weight
			joined = append(joined, c)
			continue
		}
		last.weight += c.weight
		if last.mean != c.mean {
			last.mean += (c.mean - last.mean) * c.weight / last.weight
		}
	}
	d.centroids = joined
}

func (d *digest) total() float64 {
	total := 0.0
	for _, c := range d.centroids {
		total += c.weight
	}
	return total
}

// percentile gives the value at a percentage by nearest rank, as a dynamic; null
// if it is no number from 0 to 100.
func (d *digest) percentile(percentage scalar.Value) scalar.Value {
	p, ok := number(percentage)
	if !ok || !(p >= 0 && p <= 100) || len(d.centroids) == 0 {
		return scalar.Null(scalar.Dynamic)
	}
	d.compress()
	rank, upTo := nearestRank(p, d.total()), 0.0
	mean := d.centroids[len(d.centroids)-1].mean
	for _, c := range d.centroids {
		if upTo += c.weight; upTo >= rank {
			mean = c.mean
			break
		}
	}
	if d.of == scalar.Real {
		return scalar.NewReal(mean).AsDynamic()
	}
	return ofWhole(d.of, int64(math.Round(mean))).AsDynamic()
}

// rank gives the weight of the values that do not exceed x.
func (d *digest) rank(x float64) float64 {
	rank := 0.0
	for _, c := range d.centroids {
		if c.mean <= x {
			rank += c.weight
		}
	}
	return rank
}

// Result gives the digest as a dynamic, null while it is empty:
//
//	["long", [mean, …], [weight, …]]
func (d *digest) Result() scalar.Value {
	if len(d.centroids) == 0 {
		return scalar.Null(scalar.Dynamic)
	}
	d.compress()
	var means, weights scalar.ArrayBuilder
	for _, c := range d.centroids {
		means.Append(scalar.NewReal(c.mean))
		weights.Append(scalar.NewReal(c.weight))
	}
	return scalar.NewArray([]scalar.Value{scalar.NewString(d.of.String()), means.Value(), weights.Value()})
}

// parseDigest reads what Result gave; ok is false for anything else.
func parseDigest(v scalar.Value) (d digest, ok bool) {
	of, ok := scalar.ParseType(v.At(0).Str())
	if !ok || !digestible(of) {
		return d, false
	}
	d.of = of
	means, weights := slices.Collect(v.At(1).Elements()), slices.Collect(v.At(2).Elements())
	if len(means) == 0 || len(means) != len(weights) {
		return d, false
	}
	for i := range means {
		mean, ok := scalar.ToReal(means[i])
		weight, ok2 := number(weights[i])
		if !ok || !ok2 || mean != mean || !(weight > 0) {
			return d, false
		}
		d.insert(centroid{mean, weight})
	}
	return d, true
}

// digestible reports whether t is a result of PercentileType for a summable type.
func digestible(t scalar.Type) bool {
	return t == scalar.Long || t == scalar.Real || t == scalar.DateTime || t == scalar.TimeSpan
}

func (d *digest) Size() int { return 48 + 16*cap(d.centroids) }

// MarshalBinary encodes the centroids as they are, in order or not, so that a digest read again goes on as this one does.
func (d *digest) MarshalBinary() ([]byte, error) {
	b := binary.AppendUvarint([]byte{byte(d.of)}, uint64(d.loose))
	b = binary.AppendUvarint(b, uint64(len(d.centroids)))
	for _, c := range d.centroids {
		b = appendReal(appendReal(b, c.mean), c.weight)
	}
	return b, nil
}

func (d *digest) UnmarshalBinary(b []byte) error {
	if len(b) == 0 {
		return errEncoding
	}
	*d = digest{of: scalar.Type(b[0])}
	in := reader{b: b[1:]}
	loose := in.uint()
	for n := in.uint(); n > 0 && !in.bad; n-- {
		c := centroid{in.real(), in.real()}
		if c.mean != c.mean || !(c.weight > 0) {
			return errEncoding
		}
		d.centroids = append(d.centroids, c)
	}
	if loose > uint64(min(len(d.centroids), exactCentroids)) {
		return errEncoding
	}
	d.loose = int(loose)
	if empty := len(d.centroids) == 0; !digestible(d.of) && !(empty && d.of == scalar.NoType) {
		return errEncoding
	}
	return in.close()
}
