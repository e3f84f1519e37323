package text

// abbreviation says when a word before a full stop is a shortened one.
type abbreviation uint8

const (
	notOne       abbreviation = iota
	title                     // when capitalised: stands before a name
	always                    // in any case
	beforeNumber              // when a number follows
)

// longestAbbreviation is how many letters the longest one has.
const longestAbbreviation = 6

// abbreviations, folded, of the languages whose newspapers shorten words.
// A word that may also end a sentence (etc., Inc.) is left out: a sentence cut
// in two costs less than two sentences read as one.
var abbreviations = map[string]abbreviation{
	"mm": title, "mme": title, "mmes": title, "mlle": title, "mgr": title, "mr": title, "mrs": title,
	"ms": title, "messrs": title, "dr": title, "prof": title, "pr": title, "gen": title, "gal": title,
	"lt": title, "lieut": title, "sr": title, "snr": title, "col": title, "cdt": title, "capt": title, "cpt": title, "maj": title, "adm": title,
	"brig": title, "sgt": title, "cpl": title, "sen": title, "rep": title, "gov": title, "rev": title,
	"hon": title, "st": title, "ste": title, "mt": title, "ft": title, "ths": title, "ts": title,
	"pgs": title, "gs": title, "bs": title, "ks": title, "tp": title, "tx": title, "tt": title, "dt": title,

	"vs": always, "cf": always, "approx": always, "env": always,

	"no": beforeNumber, "nos": beforeNumber, "nr": beforeNumber, "num": beforeNumber, "art": beforeNumber,
	"p": beforeNumber, "pp": beforeNumber, "fig": beforeNumber, "vol": beforeNumber, "ch": beforeNumber,
	"sec": beforeNumber, "tel": beforeNumber, "jan": beforeNumber, "janv": beforeNumber, "feb": beforeNumber,
	"fevr": beforeNumber, "mar": beforeNumber, "apr": beforeNumber, "avr": beforeNumber, "jun": beforeNumber,
	"jul": beforeNumber, "juil": beforeNumber, "aug": beforeNumber, "sep": beforeNumber, "sept": beforeNumber,
	"oct": beforeNumber, "nov": beforeNumber, "dec": beforeNumber,
}
