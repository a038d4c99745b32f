package function

import (
	"sync"

	"github.com/ua-parser/uap-go/uaparser"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func userAgentFunctions() []Function {
	return []Function{
		{
			Sig:  "parse_user_agent(user_agent: string, look_for: stringorarray?): dynamic",
			Doc:  "What a user agent tells about the browser, the os and the device: one of these words, or an array of them, says which parts to look for. The answers come from the public tables of the ua-parser project.",
			Impl: Raw(parseUserAgent),
			Examples: []string{
				`tostring(parse_user_agent("Mozilla/5.0 (Windows; U; en-US) AppleWebKit/531.9 (KHTML, like Gecko) AdobeAIR/2.5.1", "browser")) == '{"Browser":{"Family":"AdobeAIR","MajorVersion":"2","MinorVersion":"5","Patch":"1"}}'`,
				`tostring(parse_user_agent("Mozilla/5.0 (SymbianOS/9.2; U; Series60/3.1 NokiaN81-3/10.0.032 Profile/MIDP-2.0 Configuration/CLDC-1.1 ) AppleWebKit/413 (KHTML, like Gecko) Safari/4", dynamic(["browser", "os", "device"])).Device.Model) == "N81-3"`,
			},
		},
	}
}

// userAgents is the parser with its tables, made when first asked for: that
// takes some tenths of a second.
var userAgents = sync.OnceValues(func() (*uaparser.Parser, error) { return uaparser.New() })

func parseUserAgent(args []scalar.Value) scalar.Value {
	parser, err := userAgents()
	if err != nil {
		return scalar.Null(scalar.Dynamic)
	}
	line := args[0].Str()
	wanted := []string{"browser", "os", "device"}
	if len(args) > 1 {
		wanted = flatTexts(args[1:])
	}
	var bag scalar.BagBuilder
	for _, part := range wanted {
		switch part {
		case "browser":
			ua := parser.ParseUserAgent(line)
			bag.Append("Browser", stringBag("Family", ua.Family, "MajorVersion", ua.Major, "MinorVersion", ua.Minor, "Patch", ua.Patch))
		case "os":
			os := parser.ParseOs(line)
			bag.Append("OperatingSystem", stringBag("Family", os.Family, "MajorVersion", os.Major, "MinorVersion", os.Minor, "Patch", os.Patch, "PatchMinor", os.PatchMinor))
		case "device":
			device := parser.ParseDevice(line)
			bag.Append("Device", stringBag("Family", device.Family, "Brand", device.Brand, "Model", device.Model))
		}
	}
	return bag.Value()
}

// stringBag makes a bag of keys and their texts in turn.
func stringBag(pairs ...string) scalar.Value {
	var bag scalar.BagBuilder
	for i := 0; i < len(pairs); i += 2 {
		bag.Append(pairs[i], scalar.NewString(pairs[i+1]))
	}
	return bag.Value()
}
