package format

import (
	"bytes"
	"fmt"
)

// An svg collects the shapes of a drawing as markup. It escapes texts. Classes come from
// the style sheet and need no escaping.
type svg struct{ bytes.Buffer }

// writeTo writes the drawing in a size, with a description for screen readers.
func (s *svg) writeTo(to *bytes.Buffer, width, height float64, words string) {
	fmt.Fprintf(to, "<svg\n     viewBox=\"0 0 %g %g\"\n     role=\"img\"\n     aria-label=\"%s\"\n", width, height, escapeHTML(words))
	to.WriteString("     xmlns=\"http://www.w3.org/2000/svg\"\n     xmlns:xlink=\"http://www.w3.org/1999/xlink\">\n")
	to.Write(s.Bytes())
	to.WriteString("</svg>\n")
}

func (s *svg) rect(x, y, width, height float64, class string) {
	fmt.Fprintf(s, "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" class=\"%s\" />\n", x, y, width, height, class)
}

func (s *svg) circle(x, y, radius float64, class string) {
	fmt.Fprintf(s, "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"%.2f\" class=\"%s\" />\n", x, y, radius, class)
}

func (s *svg) line(x1, y1, x2, y2 float64, class string) {
	fmt.Fprintf(s, "<line x1=\"%.2f\" y1=\"%.2f\" x2=\"%.2f\" y2=\"%.2f\" class=\"%s\" />\n", x1, y1, x2, y2, class)
}

// A point is a place in a drawing, from its left and its top.
type point struct{ x, y float64 }

// polyline draws a line through points, if there are two.
func (s *svg) polyline(points []point, class string) {
	if len(points) < 2 {
		return
	}
	s.WriteString("<polyline points=\"")
	for i, p := range points {
		if i > 0 {
			s.WriteByte(' ')
		}
		fmt.Fprintf(s, "%.2f,%.2f", p.x, p.y)
	}
	fmt.Fprintf(s, "\" class=\"%s\" />\n", class)
}

func (s *svg) text(x, y float64, text, class string) {
	fmt.Fprintf(s, "<text x=\"%.2f\" y=\"%.2f\" class=\"%s\" >%s</text>\n", x, y, class, escapeHTML(text))
}

// titled groups what draw adds, with a title that appears under a pointer.
func (s *svg) titled(title, class string, draw func()) {
	fmt.Fprintf(s, "<g class=\"%s\" >\n<title>%s</title>\n", class, escapeHTML(title))
	draw()
	s.WriteString("</g>\n")
}
