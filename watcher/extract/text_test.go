package extract

import "testing"

func TestPlainText(t *testing.T) {
	for _, test := range []struct{ name, html, want string }{
		{"paragraphs stand apart", "<p>Un.</p><p>Deux.</p>", "Un.\n\nDeux."},
		{"blocks stand apart without white space between", "<div>Un<div>Deux</div>Trois</div>", "Un\n\nDeux\n\nTrois"},
		{"inline elements join nothing and part nothing", "<p>Viet<b>nam</b> et <i>Laos</i><span>.</span></p>", "Vietnam et Laos."},
		{"a superscript stays with its number", "<p>Le 1<sup>er</sup> juin</p>", "Le 1er juin"},
		{"white space is one space", "<p>  Un \n\t deux&nbsp;\u202ftrois </p>", "Un deux trois"},
		{"a br is a line", "Un<br>deux<br/>\n trois", "Un\ndeux\ntrois"},
		{"two brs are a paragraph, and so are four", "Un<br><br>deux<br> <br>\n<br><br>trois", "Un\n\ndeux\n\ntrois"},
		{"lists are paragraphs", "<ul><li>a<li>b</ul>", "a\n\nb"},
		{"a table's cells are lines", "<table><tr><td>Image</td></tr><tr><td>Légende</td></tr></table>texte", "Image\nLégende\n\ntexte"},
		{"a cell's paragraphs are paragraphs", "<table><tr><td><p>Un</p><p>Deux</p></td></tr></table>", "Un\n\nDeux"},
		{"preformatted lines are lines", "<pre>Un\ndeux\n\ntrois</pre>", "Un\ndeux\n\ntrois"},
		{"entities are decoded", "l&rsquo;arm&eacute;e &lt;3 &#272;", "l’armée <3 Đ"},
		{"entities escaped twice are decoded", "<p>R&amp;amp;D, l&amp;#39;armée&amp;nbsp;!</p>", "R&D, l'armée !"},
		{"an ampersand stays", "AT&amp;T; R&amp;D", "AT&T; R&D"},
		{"characters without width are dropped", "Vi\u200bệt\u00ad Nam\ufeff\u2060", "Việt Nam"},
		{"decomposed letters are composed", "Vie\u0302\u0323t", "Việt"},
		{"control characters are dropped", "a\x00b\x07c", "abc"},
		{"scripts, styles and forms are no text", "<script>x</script><style>y</style><noscript>z</noscript>t<button>u</button><svg><text>v</text></svg>", "t"},
		{"what is hidden is no text", `<p hidden>a</p><p style="color:red; DISPLAY : none">b</p><p style="display:block">c</p>`, "c"},
		{"a comment is no text", "a<!-- b -->c", "ac"},
		{"markup cut off is read as far as it goes", `<p>Un texte</p><p>coupé <a href="https://exa`, "Un texte\n\ncoupé"},
		{"nothing", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := PlainText(test.html); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			checkText(t, PlainText(test.html))
		})
	}
}

func TestLine(t *testing.T) {
	for _, test := range []struct{ name, html, want string }{
		{"a title with markup", "Le <em>plan</em><br>signé", "Le plan signé"},
		{"markup escaped twice", "Le &lt;em&gt;plan&lt;/em&gt; &amp;amp; l&amp;#8217;accord", "Le plan & l’accord"},
		{"a sign that is no markup", "1 &lt; 2 et 3 > 2", "1 < 2 et 3 > 2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Line(test.html); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
