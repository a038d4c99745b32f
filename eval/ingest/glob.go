package ingest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// glob returns path itself if it exists, else the files that match it in lexical order. An element ** stands for any number of folders.
func glob(path string) ([]string, error) {
	_, err := os.Stat(path)
	if err == nil {
		return []string{path}, nil
	}
	if !strings.ContainsAny(path, "*?[") {
		return nil, err
	}
	elements := strings.Split(filepath.ToSlash(path), "/")
	deep := slices.Index(elements, "**")
	var matches []string
	if deep < 0 {
		matches, err = filepath.Glob(path)
	} else {
		matches, err = globDeep(elements, deep)
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", path, err)
	case len(matches) == 0:
		return nil, fmt.Errorf("%s: no file matches", path)
	}
	return matches, nil
}

// globDeep finds the files below the folders before the first ** that match the elements.
func globDeep(elements []string, deep int) ([]string, error) {
	above := filepath.FromSlash(strings.Join(elements[:deep], "/"))
	switch {
	case deep == 0:
		above = "."
	case above == "":
		above = string(filepath.Separator)
	}
	roots, err := filepath.Glob(above)
	if err != nil {
		return nil, err
	}
	var matches []string
	for _, root := range roots {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			below, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			ok, err := matchElements(elements[deep:], strings.Split(filepath.ToSlash(below), "/"))
			if ok {
				matches = append(matches, path)
			}
			return err
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return matches, nil
}

// matchElements says whether the elements of a path match those of a pattern.
func matchElements(pattern, path []string) (bool, error) {
	if len(pattern) == 0 {
		return len(path) == 0, nil
	}
	if pattern[0] == "**" {
		for i := range len(path) + 1 {
			if ok, err := matchElements(pattern[1:], path[i:]); ok || err != nil {
				return ok, err
			}
		}
		return false, nil
	}
	if len(path) == 0 {
		return false, nil
	}
	if ok, err := filepath.Match(pattern[0], path[0]); !ok || err != nil {
		return false, err
	}
	return matchElements(pattern[1:], path[1:])
}
