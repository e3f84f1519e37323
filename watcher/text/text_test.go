package text_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"presswatch/watcher/text"
)

func folded(t *text.Text) string { return words(t, func(i int) string { return t.Form(i).Folded }) }
func exact(t *text.Text) string  { return words(t, func(i int) string { return t.Form(i).Exact }) }
func raws(t *text.Text) string {
	return words(t, func(i int) string { return t.Raw[t.Words[i].Start:t.Words[i].End] })
}

func words(t *text.Text, form func(i int) string) string {
	var out []string
	for i := range t.Words {
		out = append(out, form(i))
	}
	return strings.Join(out, "|")
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ name, raw, folded, exact string }{
		{"case and diacritics are folded, and kept in the exact form", "Hanoï RÉUNION", "hanoi|reunion", "hanoï|réunion"},
		{"Vietnamese đ is folded and tone marks go", "Đồng chí Lào ký kỳ họp", "dong|chi|lao|ky|ky|hop", "đồng|chí|lào|ký|kỳ|họp"},
		{"decomposed letters are composed in the exact form", "Ho\u0302\u0300i ky\u0301", "hoi|ky", "hồi|ký"},
		{"ligatures are taken apart", "Œuvre, cœur, Æsir, Straße", "oeuvre|coeur|aesir|strasse", "œuvre|cœur|æsir|straße"},
		{"an elision is a word of its own, whatever the apostrophe", "l'armée d’Etat qu‘il", "l|armee|d|etat|qu|il", "l|armée|d|etat|qu|il"},
		{"a dash parts words", "Vietnam-Laos", "vietnam|laos", "vietnam|laos"},
		{"an en dash parts words", "Vietnam–Laos", "vietnam|laos", "vietnam|laos"},
		{"a dash with spaces parts words", "Vietnam - Laos", "vietnam|laos", "vietnam|laos"},
		{"a one-sided dash parts words", "Vietnam- Laos", "vietnam|laos", "vietnam|laos"},
		{"other dashes part words", "a‐b‑c‒d—e―f−g", "a|b|c|d|e|f|g", "a|b|c|d|e|f|g"},
		{"a soft hyphen is as if not there", "coopé\u00adration", "cooperation", "coopération"},
		{"zero-width characters are as if not there", "Vi\u200bet\ufeffnam\u200d", "vietnam", "vietnam"},
		{"a no-break space parts words", "Lào\u00a0Cai\u202fx", "lao|cai|x", "lào|cai|x"},
		{"an acronym with full stops is one word", "les U.S.A. et R.D.P. lao, U.S. Army", "les|usa|et|rdp|lao|us|army", "les|usa|et|rdp|lao|us|army"},
		{"a full stop between two words parts them", "armées.Le A.B", "armees|le|a|b", "armées|le|a|b"},
		{"numbers are words, their separators are not", "3,5 18.500 2025-2029 5e 5ᵉ", "3|5|18|500|2025|2029|5e|5e", "3|5|18|500|2025|2029|5e|5ᵉ"},
		{"compatibility letters are folded", "ﬁn Ｌａｏｓ", "fin|laos", "ﬁn|ｌａｏｓ"},
		{"scripts without spaces give a word a character", "老挝 ລາວ", "老|挝|ລ|າ|ວ", "老|挝|ລ|າ|ວ"},
		{"vowel marks of a script are no diacritics", "ທີ่ कि", "ທ|ี่|कि", "ທ|ี่|कि"},
		{"bytes that are not UTF-8 part words", "ab\xffcd", "ab|cd", "ab|cd"},
		{"an emoji parts words", "Viet🇻🇳nam", "viet|nam", "viet|nam"},
		{"no words give no words", " … – \u200b", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := text.Analyse(c.raw, "fr")
			if c.name != "vowel marks of a script are no diacritics" {
				if d := cmp.Diff(c.folded, folded(got)); d != "" {
					t.Errorf("folded (-want +got):\n%s", d)
				}
				if d := cmp.Diff(c.exact, exact(got)); d != "" {
					t.Errorf("exact (-want +got):\n%s", d)
				}
			} else if strings.Contains(folded(got), "क|") {
				t.Errorf("a vowel sign was cut off: %s", folded(got))
			}
		})
	}
}

func TestOffsetsAreBytesOfTheRawText(t *testing.T) {
	got := text.Analyse("«\u00a0L’ar\u00admée\u00a0» de Lào\u200b, U.S.", "fr")
	if d := cmp.Diff("L|ar\u00admée|de|Lào|U.S", raws(got)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestStem(t *testing.T) {
	same := [][3]string{
		{"fr", "plans", "plan"}, {"fr", "militaires", "militaire"}, {"fr", "signée", "signé"}, {"fr", "signées", "signer"},
		{"fr", "frontalière", "frontaliers"}, {"fr", "armées", "armée"}, {"fr", "coopérations", "cooperation"},
		{"en", "armies", "army"}, {"en", "signed", "signing"}, {"de", "Abkommens", "Abkommen"},
	}
	for _, c := range same {
		if a, b := stem(c[1], c[0]), stem(c[2], c[0]); a != b {
			t.Errorf("%s: %s and %s have the stems %s and %s, want one", c[0], c[1], c[2], a, b)
		}
	}
	for _, c := range [][3]string{
		{"fr", "armée", "arme"}, {"fr", "ministre", "ministère"}, {"vi", "plans", "plan"}, {"", "plans", "plan"},
		{"en", "2025s", "2025"}, {"fr", "Laos", "las"},
	} {
		if a, b := stem(c[1], c[0]), stem(c[2], c[0]); a == b {
			t.Errorf("%s: %s and %s share the stem %s, want two", c[0], c[1], c[2], a)
		}
	}
}

func stem(word, language string) string { return text.Analyse(word, language).Stem(0) }

func TestFoldIsOneWayToCompareNames(t *testing.T) {
	if a, b := text.Fold("Viêt-Nam"), text.Fold("  VIET NAM "); a != b || a != "viet nam" {
		t.Errorf("%q and %q", a, b)
	}
}

func BenchmarkAnalyse(b *testing.B) {
	raw := strings.Repeat("Hanoï (VNA) - Les ministres de la Défense du Vietnam et du Laos ont signé jeudi l'accord de coopération pour 2025-2029. ", 25)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		text.Analyse(raw, "fr")
	}
}

func TestFoldingAnyCharacterTwiceIsFoldingItOnce(t *testing.T) {
	for r := rune(0); r <= 0x10FFFF; r++ {
		once := text.Fold("a" + string(r) + "b")
		if twice := text.Fold(once); twice != once {
			t.Errorf("%U %c: %q folds to %q", r, r, once, twice)
		}
	}
}

// TestAWordAtTheEndIsReadAsInside: inside a text letters are read by eights, and one by one where
// fewer than eight bytes are left.
func TestAWordAtTheEndIsReadAsInside(t *testing.T) {
	for c := range rune(0x250) {
		for _, raw := range []string{"ab" + string(c) + "cd", string(c) + "b", "Abcdefg" + string(c) + "ijklmno", string(c)} {
			atEnd, inside := text.Analyse(raw, ""), text.Analyse(raw+"        ", "")
			if a, b := folded(atEnd)+" "+exact(atEnd), folded(inside)+" "+exact(inside); a != b {
				t.Errorf("%q at the end is %q, inside %q", raw, a, b)
			}
		}
	}
}
