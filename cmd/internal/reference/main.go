// Reference writes what the commands say of themselves into docs: a page of
// markdown for all of them, and a page of the manual for each.
//
//	go run ./cmd/internal/reference
//
// It reads the tree of commands and the keys and metrics of the calculators, so
// that nothing is said twice. A test holds the pages to what it would write now.
package main

import (
	"os"
	"path/filepath"
)

func main() {
	if err := write("docs"); err != nil {
		panic(err)
	}
}

// write writes the pages into a folder.
func write(folder string) error {
	for name, text := range files() {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// files are all pages by their names below docs.
func files() map[string]string {
	all := pages()
	files := map[string]string{"reference.md": markdown(all)}
	for i := range all {
		files["man/"+all[i].file()] = manual(&all[i])
	}
	return files
}
