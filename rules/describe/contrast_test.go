package describe_test

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestColoursContrast holds the pairs of colours that stand on each other to the contrast that WCAG 2 asks of text, in both schemes.
func TestColoursContrast(t *testing.T) {
	text, err := os.ReadFile("web/style.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, found := strings.Cut(string(text), "@media (prefers-color-scheme: dark)")
	if !found {
		t.Fatal("there is no dark scheme")
	}
	dark, _, _ = strings.Cut(dark, "}\n}")
	for scheme, css := range map[string]string{"light": light, "dark": dark} {
		colours := map[string]float64{}
		for _, match := range regexp.MustCompile(`--([a-z0-9-]+): #([0-9a-f]{3,6});`).FindAllStringSubmatch(css, -1) {
			colours[match[1]] = luminance(t, match[2])
		}
		for _, pair := range []struct {
			on    string
			texts []string
		}{
			{"ground", []string{"ink", "dim", "link", "mark"}}, {"raised", []string{"ink", "dim", "link", "mark"}},
			{"l0", []string{"ink"}}, {"l1", []string{"ink"}}, {"l2", []string{"ink"}}, {"l3", []string{"ink"}},
			{"l4", []string{"on-dark"}}, {"l5", []string{"on-dark"}},
		} {
			for _, name := range pair.texts {
				a, b := colours[name], colours[pair.on]
				ratio := (math.Max(a, b) + 0.05) / (math.Min(a, b) + 0.05)
				t.Logf("%s: %s on %s %.2f", scheme, name, pair.on, ratio)
				if ratio < 4.5 || len(colours) < 12 {
					t.Errorf("%s: %s on %s has a contrast of %.2f, less than 4.5", scheme, name, pair.on, ratio)
				}
			}
		}
	}
}

// luminance is that of WCAG 2 for a colour such as fff or 1b2126.
func luminance(t *testing.T, hex string) float64 {
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	channel := func(shift int) float64 {
		c := float64(n>>shift&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(16) + 0.7152*channel(8) + 0.0722*channel(0)
}
