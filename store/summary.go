package store

import "time"

// Summary counts what is stored.
type Summary struct {
	Articles int            `json:"articles"`
	Unread   int            `json:"unread"`
	Copies   int            `json:"copies"`          // articles that have the text of an earlier one
	Reports  int            `json:"reports"`         // articles that tell of what an earlier one told
	Owed     map[string]int `json:"owed"`            // per digest: findings that wait
	Silenced map[string]int `json:"silenced"`        // per digest: findings that were held, and that it has not counted
	Outbox   map[State]int  `json:"outbox"`          // per state
	Oldest   time.Time      `json:"oldest,omitzero"` // creation of the oldest delivery not yet settled
	Parked   []Delivery     `json:"parked"`          // without payload, newest first, at most 20
	Paused   []Pause        `json:"paused"`
	Notes    []Note         `json:"notes"` // what stands wrong, by subject
	Slots    []Slot         `json:"slots"` // per digest the last one done
	Bytes    int64          `json:"bytes"` // size of the store on disk
	Free     int64          `json:"free"`  // of these, what holds nothing and is used next
}

// Pause is a channel on hold.
type Pause struct {
	Channel string    `json:"channel"`
	Reason  string    `json:"reason"`
	Until   time.Time `json:"until"`
}

// Note is a standing remark for the operator: something that stays wrong until it
// is mended, such as a configuration that could not be reloaded.
type Note struct {
	Subject string    `json:"subject"`
	Text    string    `json:"text"`
	At      time.Time `json:"at"`
}

// Slot is a scheduled digest that was done.
type Slot struct {
	Digest string    `json:"digest"`
	Slot   string    `json:"slot"`
	At     time.Time `json:"at"`
}
