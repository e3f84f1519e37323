package article

// Fact is a structured statement of an article: that an instrument between
// parties, of a domain and for a period, stands where on the ladder of its kind.
// A slot that the text does not fill is empty. What the words mean is defined in
// YAML (package facts); here they are only names.
type Fact struct {
	Kind        string   `json:"kind"`             // the id of its definition
	Instrument  string   `json:"instrument"`       // its class
	Parties     []string `json:"parties"`          // ISO 3166, in the order of the definition, none twice
	Domain      string   `json:"domain,omitempty"` // its field
	Period      string   `json:"period,omitempty"` // "2026" or "2025-2029"
	Status      string   `json:"status"`           // a rung of the kind's ladder
	Date        string   `json:"date,omitempty"`   // 2025-12-02: of what the status says
	Place       string   `json:"place,omitempty"`  // where that was done
	Signatories []string `json:"signatories,omitempty"`
	// News says that the text tells the status as what has happened now; without it
	// the text recalls, or the status is only what goes without saying.
	News bool `json:"news,omitempty"`
	// Loose are the slots (parties, domain) that are guessed from the article as a
	// whole, or go without saying: they give way to what another article says.
	Loose    []string  `json:"loose,omitempty"`
	Evidence []Passage `json:"evidence,omitempty"` // best first
}
