// Package check tests the manifests that Helm renders from the chart: .ci/kubernetes writes them to the folder in the
// environment variable MANIFESTS, a file for each set of values.
package check

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

// A manifest of any kind: what is needed to find those of one kind.
type manifest struct {
	Kind     string `json:"kind"`
	Metadata struct {
		Name string `json:"name"`
	} `json:"metadata"`
	text []byte
}

// sets returns the manifests of each set of values.
func sets(t *testing.T) map[string][]manifest {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(os.Getenv("MANIFESTS"), "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("MANIFESTS=%q has no rendered manifests: %v", os.Getenv("MANIFESTS"), err)
	}
	sets := map[string][]manifest{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, document := range bytes.Split(text, []byte("\n---\n")) {
			var found manifest
			if err := yaml.Unmarshal(document, &found); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			if found.Kind != "" {
				found.text = document
				sets[filepath.Base(file)] = append(sets[filepath.Base(file)], found)
			}
		}
	}
	return sets
}

// read returns the manifest as a value of its type; a field that the type does not have is an error.
func read[T any](t *testing.T, from manifest) T {
	t.Helper()
	var value T
	if err := yaml.UnmarshalStrict(from.text, &value); err != nil {
		t.Fatalf("%s %s: %v", from.Kind, from.Metadata.Name, err)
	}
	return value
}

// loosely returns what is needed of a manifest whose type is not a dependency of this module.
func loosely(t *testing.T, from manifest) scaledObject {
	t.Helper()
	var value scaledObject
	if err := yaml.Unmarshal(from.text, &value); err != nil {
		t.Fatalf("%s %s: %v", from.Kind, from.Metadata.Name, err)
	}
	return value
}

func replace(text string, oldAndNew ...string) string {
	return strings.NewReplacer(oldAndNew...).Replace(text)
}
