package feed

import "bytes"

// mend rewrites a piece of broken XML so that encoding/xml reads it as a browser
// would: every tag closed in order, end tags that close nothing dropped, stray
// "<" escaped, attributes quoted. Comments and instructions are left out.
func mend(piece []byte) []byte {
	m := mender{lexer: lexer{doc: piece}}
	for m.lexer.next() {
		m.token()
	}
	m.closeTo(0)
	return m.out.Bytes()
}

type mender struct {
	lexer lexer
	out   bytes.Buffer
	stack [][]byte
}

func (m *mender) token() {
	l := &m.lexer
	raw := l.doc[l.start:l.end]
	switch l.kind {
	case startTag:
		if !l.cut {
			m.startTag(raw)
		}
	case endTag:
		m.endTag()
	case cdataToken:
		m.cdata(raw)
	case textToken:
		m.text(raw)
	}
}

func (m *mender) text(raw []byte) {
	if bytes.HasPrefix(raw, []byte("<")) {
		m.out.WriteString("&lt;")
		raw = raw[1:]
	}
	m.out.Write(bytes.ReplaceAll(raw, []byte("]]>"), []byte("]]&gt;")))
}

// cdata keeps a section; one that is cut off is closed.
func (m *mender) cdata(raw []byte) {
	m.out.Write(raw)
	if m.lexer.cut {
		m.out.WriteString("]]>")
	}
}

func (m *mender) startTag(raw []byte) {
	l := &m.lexer
	name := xmlName(l.name)
	m.out.WriteByte('<')
	m.out.Write(name)
	attributes(raw, func(key, value []byte) {
		m.out.WriteByte(' ')
		m.out.Write(xmlName(key))
		m.out.WriteString(`="`)
		for _, b := range value {
			switch b {
			case '<':
				m.out.WriteString("&lt;")
			case '"':
				m.out.WriteString("&#34;")
			default:
				m.out.WriteByte(b)
			}
		}
		m.out.WriteByte('"')
	})
	if l.closed || void(l.name) {
		m.out.WriteString("/>")
		return
	}
	m.out.WriteByte('>')
	m.stack = append(m.stack, name)
}

// void reports whether an element of HTML never has content; left in a feed
// unescaped it is usually not closed.
func void(name []byte) bool {
	switch string(bytes.ToLower(name)) {
	case "br", "img", "hr", "wbr":
		return true
	}
	return false
}

func (m *mender) endTag() {
	name := xmlName(m.lexer.name)
	for i := len(m.stack) - 1; i >= 0; i-- {
		if bytes.Equal(m.stack[i], name) {
			m.closeTo(i)
			return
		}
	}
}

// closeTo closes the open elements from the innermost down to that depth.
func (m *mender) closeTo(depth int) {
	for i := len(m.stack) - 1; i >= depth; i-- {
		m.out.WriteString("</")
		m.out.Write(m.stack[i])
		m.out.WriteByte('>')
	}
	m.stack = m.stack[:depth]
}

// xmlName makes a name that encoding/xml accepts: ASCII, one colon at most. No
// element or attribute that means something to us is named otherwise.
func xmlName(name []byte) []byte {
	out := make([]byte, 0, len(name)+1)
	part := true // at the beginning of the name, or behind its colon
	colon := bytes.IndexByte(name, ':')
	for i, b := range name {
		switch {
		case b == ':' && (i != colon || i == 0 || i == len(name)-1), b >= 0x80:
			b = '_'
		case part && !nameStart(b):
			out = append(out, '_')
		}
		part = b == ':'
		out = append(out, b)
	}
	return out
}

// attributes calls yield for each attribute of a start tag; one without a value
// has its own name for it, as in HTML.
func attributes(tag []byte, yield func(key, value []byte)) {
	l := lexer{doc: tag}
	i := 1
	for i < len(tag) && nameByte(tag[i]) {
		i++
	}
	for i < len(tag) && tag[i] != '>' && tag[i] != '<' {
		if space(tag[i]) || tag[i] == '/' {
			i++
			continue
		}
		end := l.attribute(i)
		key, value, has := bytes.Cut(tag[i:end], []byte("="))
		key = bytes.TrimSpace(key)
		if !has {
			value = key
		}
		if len(key) > 0 && nameStart(key[0]) {
			yield(key, unquote(bytes.TrimSpace(value)))
		}
		i = end
	}
}

func unquote(v []byte) []byte {
	if len(v) > 0 && (v[0] == '"' || v[0] == '\'') {
		return bytes.TrimSuffix(v[1:], v[:1])
	}
	return v
}
