package digest

import (
	"strings"
	"testing"
)

func TestANoticeSaysWhatIsWrongAndKeepsTheLimits(t *testing.T) {
	m := Notice("configuration", "rules.yaml:1:1: <!channel> is unknown\n\n"+strings.Repeat("another line that is long enough to matter\n", 400), "now")
	if err := Validate(m); err != nil {
		t.Error(err)
	}
	if strings.Contains(m.Text, "<!channel>") || !strings.Contains(m.Text, "&lt;!channel&gt; is unknown\nanother line") || !strings.Contains(m.Text, "and 393 lines more") {
		t.Errorf("text: %s", m.Text)
	}
	if again := Notice("configuration", "x", "now"); again.ID != Notice("configuration", "x", "now").ID || again.ID == Notice("configuration", "x", "later").ID {
		t.Error("the id does not follow subject, text and occasion")
	}
	if err := Validate(Notice("nothing", "", "")); err != nil {
		t.Error(err)
	}
}
