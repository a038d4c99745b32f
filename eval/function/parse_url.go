package function

import (
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// parseFunctions take text of a known form apart.
func parseFunctions() []Function {
	list := urlFunctions()
	list = append(list, pathFunctions()...)
	list = append(list, recordFunctions()...)
	list = append(list, xmlFunctions()...)
	return append(list, userAgentFunctions()...)
}

func urlFunctions() []Function {
	return []Function{
		{
			Sig:  "parse_url(url: string): dynamic",
			Doc:  "The parts of an absolute URL: Scheme, Host, Port, Path, Username, Password, Query Parameters and Fragment, all of them strings.",
			Impl: F1(parseURL),
			Examples: []string{
				`tostring(parse_url("scheme://username:password@host:1234/this/is/a/path?k1=v1&k2=v2#fragment")) == '{"Scheme":"scheme","Host":"host","Port":"1234","Path":"/this/is/a/path","Username":"username","Password":"password","Query Parameters":{"k1":"v1","k2":"v2"},"Fragment":"fragment"}'`,
				`tostring(parse_url("https://www.bing.com/search?q=kql").Host) == "www.bing.com"`,
				`tostring(parse_url("https://[::1]:8080/").Port) == "8080"`,
			},
		},
		{
			Sig:      "parseurl(url: string): dynamic",
			Doc:      "The former spelling of parse_url.",
			Alias:    "parse_url",
			Examples: []string{`tostring(parseurl("https://a.b/c").Path) == "/c"`, `tostring(parseurl("https://a.b/c").Host) == "a.b"`},
		},
		{
			Sig:  "parse_urlquery(query: string): dynamic",
			Doc:  "The parameters of the query part of a URL, as a bag under Query Parameters.",
			Impl: F1(parseURLQuery),
			Examples: []string{
				`tostring(parse_urlquery("k1=v1&k2=v2&k3=v3")) == '{"Query Parameters":{"k1":"v1","k2":"v2","k3":"v3"}}'`,
				`tostring(parse_urlquery("view=vs-2019")["Query Parameters"].view) == "vs-2019"`,
			},
		},
		{
			Sig:      "parseurlquery(query: string): dynamic",
			Doc:      "The former spelling of parse_urlquery.",
			Alias:    "parse_urlquery",
			Examples: []string{`tostring(parseurlquery("k=v")["Query Parameters"].k) == "v"`, `isnull(parseurlquery("k=v")["Query Parameters"].x)`},
		},
	}
}

// parseURL cuts the text at its marks and never fails: logs hold addresses that
// no strict parser takes.
func parseURL(s string) scalar.Value {
	s, fragment, _ := strings.Cut(s, "#")
	s, query, _ := strings.Cut(s, "?")
	scheme, rest, absolute := strings.Cut(s, "://")
	var authority, user, password, host, port string
	path := s
	if absolute {
		authority, path = rest, ""
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			authority, path = rest[:i], rest[i:]
		}
		if i := strings.LastIndexByte(authority, '@'); i >= 0 {
			user, password, _ = strings.Cut(authority[:i], ":")
			authority = authority[i+1:]
		}
		host = authority
		if i := strings.LastIndexByte(authority, ':'); i > strings.LastIndexByte(authority, ']') {
			host, port = authority[:i], authority[i+1:]
		}
	} else {
		scheme = ""
	}
	var bag scalar.BagBuilder
	bag.Append("Scheme", scalar.NewString(scheme))
	bag.Append("Host", scalar.NewString(host))
	bag.Append("Port", scalar.NewString(port))
	bag.Append("Path", scalar.NewString(path))
	bag.Append("Username", scalar.NewString(user))
	bag.Append("Password", scalar.NewString(password))
	bag.Append("Query Parameters", queryParameters(query))
	bag.Append("Fragment", scalar.NewString(fragment))
	return bag.Value()
}

func parseURLQuery(query string) scalar.Value {
	var bag scalar.BagBuilder
	bag.Append("Query Parameters", queryParameters(query))
	return bag.Value()
}

// queryParameters makes a bag of a URL's query. A key that comes again is left out.
func queryParameters(query string) scalar.Value {
	var bag scalar.BagBuilder
	seen := make(map[string]bool)
	for pair := range strings.SplitSeq(query, "&") {
		key, value, _ := strings.Cut(pair, "=")
		if pair != "" && !seen[key] {
			seen[key] = true
			bag.Append(key, scalar.NewString(value))
		}
	}
	return bag.Value()
}
