// Package opml reads and writes OPML 2.0, in which readers of feeds exchange
// what they subscribe to. Only subscriptions are read: the tree around them is
// other people's order.
//
// A file is read token by token and not as a tree: it comes from outside, and
// may be nested as deeply as it likes.
package opml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
)

// The limits of a file that is read.
const (
	maxFile     = 16 << 20 // bytes
	maxOutlines = 10_000
)

// Outline is one subscription.
type Outline struct {
	Text     string // its name
	XMLURL   string // of the feed
	HTMLURL  string // of the site; may be ""
	Language string // may be ""
	Category string // may be ""
}

// outline is an Outline as it is written.
type outline struct {
	XMLName  xml.Name `xml:"outline"`
	Type     string   `xml:"type,attr"`
	Text     string   `xml:"text,attr"`
	Title    string   `xml:"title,attr"`
	XMLURL   string   `xml:"xmlUrl,attr"`
	HTMLURL  string   `xml:"htmlUrl,attr,omitempty"`
	Language string   `xml:"language,attr,omitempty"`
	Category string   `xml:"category,attr,omitempty"`
}

// Write writes subscriptions as a file of that title.
func Write(w io.Writer, title string, outlines []Outline) error {
	file := struct {
		XMLName  xml.Name  `xml:"opml"`
		Version  string    `xml:"version,attr"`
		Title    string    `xml:"head>title"`
		Outlines []outline `xml:"body>outline"`
	}{Version: "2.0", Title: title}
	for _, o := range outlines {
		file.Outlines = append(file.Outlines, outline{
			Type: "rss", Text: o.Text, Title: o.Text, XMLURL: o.XMLURL, HTMLURL: o.HTMLURL, Language: o.Language, Category: o.Category,
		})
	}
	text, err := xml.MarshalIndent(file, "", "  ")
	if err != nil {
		return fmt.Errorf("write OPML: %w", err)
	}
	_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, text)
	return err
}

// Read lists the subscriptions of a file, in its order. What cannot be read
// after some of them is an error all the same: half a list would be taken for
// the whole.
func Read(r io.Reader) ([]Outline, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read OPML: %w", err)
	case len(text) > maxFile:
		return nil, fmt.Errorf("read OPML: more than %d bytes", maxFile)
	}
	d := xml.NewDecoder(bytes.NewReader(text))
	d.CharsetReader = charset.NewReaderLabel
	d.Strict = false
	d.Entity = xml.HTMLEntity
	return read(d)
}

func read(d *xml.Decoder) (all []Outline, err error) {
	isOPML := false
	for {
		token, err := d.RawToken() // what is not matched does not matter: nothing is nested for us
		switch {
		case errors.Is(err, io.EOF) && !isOPML:
			return nil, errors.New("read OPML: it has no element opml")
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, fmt.Errorf("read OPML: %w", err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		isOPML = isOPML || start.Name.Local == "opml"
		if o := subscription(start); o.XMLURL != "" {
			if len(all) == maxOutlines {
				return nil, fmt.Errorf("read OPML: more than %d subscriptions", maxOutlines)
			}
			all = append(all, o)
		}
	}
}

// subscription reads an element outline; without an address it is a folder.
func subscription(start xml.StartElement) (o Outline) {
	if start.Name.Local != "outline" {
		return o
	}
	title := ""
	for _, a := range start.Attr {
		value := strings.TrimSpace(a.Value)
		switch strings.ToLower(a.Name.Local) {
		case "text":
			o.Text = value
		case "title":
			title = value
		case "xmlurl":
			o.XMLURL = value
		case "htmlurl":
			o.HTMLURL = value
		case "language":
			o.Language = value
		case "category":
			o.Category = value
		}
	}
	if o.Text == "" {
		o.Text = title
	}
	return o
}
