package function

import (
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func pathFunctions() []Function {
	return []Function{
		{
			Sig:  "parse_path(path: string): dynamic",
			Doc:  "The parts of a file path with slashes of either kind: Scheme, RootPath, DirectoryPath, DirectoryName, Filename, Extension and AlternateDataStreamName.",
			Impl: F1(parsePath),
			Examples: []string{
				`tostring(parse_path(@"temp\file.txt")) == '{"Scheme":"","RootPath":"","DirectoryPath":"temp","DirectoryName":"temp","Filename":"file.txt","Extension":"txt","AlternateDataStreamName":""}'`,
				`tostring(parse_path("file://C:/temp/file.txt:some.exe")) == '{"Scheme":"file","RootPath":"C:","DirectoryPath":"C:/temp","DirectoryName":"temp","Filename":"file.txt","Extension":"txt","AlternateDataStreamName":"some.exe"}'`,
				`tostring(parse_path(@"\\shared\users\temp\file.txt.gz").DirectoryPath) == @"\\shared\users\temp"`,
				`tostring(parse_path("/usr/lib/temp/file.txt").RootPath) == ""`,
			},
		},
		{
			Sig:  "parse_command_line(command: scalar, parser: string): dynamic",
			Doc:  "The arguments of a command line, taken apart as Windows does it, for the parser 'windows'; null for another.",
			Impl: F2(parseCommandLine),
			Examples: []string{
				`tostring(parse_command_line("echo \"hello world!\"", "windows")) == '["echo","hello world!"]'`,
				`tostring(parse_command_line(@"C:\x.exe -a ""b \""c"" d\e", "windows")[2]) == 'b "c'`,
				`isnull(parse_command_line("a", "posix"))`,
			},
		},
	}
}

func parsePath(s string) scalar.Value {
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok {
		scheme, rest = "", s
	}
	rest = strings.TrimPrefix(rest, `\\?\`)
	if len(rest) > 1 && rest[0] == '/' && driveOf(rest[1:]) != "" {
		rest = rest[1:]
	}
	root := driveOf(rest)
	file, directory := rest[len(root):], root
	if i := strings.LastIndexAny(file, `/\`); i >= 0 {
		file, directory = file[i+1:], root+file[:i]
	}
	file, stream, _ := strings.Cut(file, ":")
	name := directory[len(root):]
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	extension := ""
	if i := strings.LastIndexByte(file, '.'); i >= 0 {
		extension = file[i+1:]
	}
	var bag scalar.BagBuilder
	bag.Append("Scheme", scalar.NewString(scheme))
	bag.Append("RootPath", scalar.NewString(root))
	bag.Append("DirectoryPath", scalar.NewString(directory))
	bag.Append("DirectoryName", scalar.NewString(name))
	bag.Append("Filename", scalar.NewString(file))
	bag.Append("Extension", scalar.NewString(extension))
	bag.Append("AlternateDataStreamName", scalar.NewString(stream))
	return bag.Value()
}

// driveOf is the drive that a path begins with, such as "C:", or "".
func driveOf(path string) string {
	if len(path) >= 2 && path[1] == ':' && path[0]|0x20 >= 'a' && path[0]|0x20 <= 'z' {
		return path[:2]
	}
	return ""
}

// parseCommandLine follows the rules of the C runtime of Windows: 2n backslashes
// before a quote stand for n and the quote opens or closes, one more makes the
// quote text; two quotes inside quotes are one; elsewhere backslashes are text.
// In the program's name, backslashes are text everywhere.
func parseCommandLine(line, parser string) scalar.Value {
	if parser != "windows" {
		return scalar.Null(scalar.Dynamic)
	}
	var list scalar.ArrayBuilder
	var arg []byte
	quoted, started := false, false
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case (c == ' ' || c == '\t') && !quoted:
			if started {
				list.Append(scalar.NewString(string(arg)))
			}
			arg, started = arg[:0], false
			continue
		case c == '"':
			if quoted && list.Len() > 0 && i+1 < len(line) && line[i+1] == '"' {
				arg = append(arg, '"')
				i++
			} else {
				quoted = !quoted
			}
		case c == '\\' && list.Len() > 0:
			n := 1
			for i+n < len(line) && line[i+n] == '\\' {
				n++
			}
			i += n - 1
			if i+1 < len(line) && line[i+1] == '"' {
				arg = append(arg, line[i+1-n/2:i+1]...)
				if n%2 == 1 {
					arg = append(arg, '"')
					i++
				}
			} else {
				arg = append(arg, line[i+1-n:i+1]...)
			}
		default:
			arg = append(arg, c)
		}
		started = true
	}
	if started {
		list.Append(scalar.NewString(string(arg)))
	}
	return list.Value()
}
