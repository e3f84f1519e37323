package metrics

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// monitoring is where the alert rules and the dashboard lie.
const monitoring = "../../configs/monitoring"

func shipped(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(monitoring, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAlertsAndDashboardNameOnlyMetricsThatExist(t *testing.T) {
	var known []string
	for _, m := range meanings() {
		known = append(known, m.name)
		if m.kind == "histogram" {
			known = append(known, m.name+"_bucket", m.name+"_sum", m.name+"_count")
		}
	}
	for line := range strings.Lines(scraped(t)) {
		known = append(known, nameOf(line))
	}
	metric := regexp.MustCompile(`\b(presswatch|process|go)_[a-z_]+\b`)
	for _, file := range []string{"alerts.yml", "alerts.test.yml", "dashboard.json"} {
		named := metric.FindAllString(shipped(t, file), -1)
		if len(named) < 10 {
			t.Fatalf("%s names %d metrics", file, len(named))
		}
		for _, name := range named {
			if !slices.Contains(known, name) {
				t.Errorf("%s names %s, which is nowhere", file, name)
			}
		}
	}
}

func TestEveryAlertIsTestedBothWaysAndSaysWhatToDo(t *testing.T) {
	rules, tests := shipped(t, "alerts.yml"), shipped(t, "alerts.test.yml")
	alerts := regexp.MustCompile(`alert: (\w+)`).FindAllStringSubmatch(rules, -1)
	if len(alerts) < 8 {
		t.Fatalf("%d alerts", len(alerts))
	}
	for _, alert := range alerts {
		if n := len(regexp.MustCompile(`alertname: `+alert[1]+`\b`).FindAllString(tests, -1)); n != 2 {
			t.Errorf("%s is tested %d times: once it must come, once it must not", alert[1], n)
		}
	}
	if says := strings.Count(rules, "          do: "); says != len(alerts) {
		t.Errorf("%d of %d alerts say what to do", says, len(alerts))
	}
}

func TestTheDashboardIsWhole(t *testing.T) {
	var board struct {
		Title  string `json:"title"`
		Panels []struct {
			Title, Description string
			Targets            []struct{ Expr string }
			GridPos            struct{ X, Y, W, H int }
		} `json:"panels"`
	}
	if err := json.Unmarshal([]byte(shipped(t, "dashboard.json")), &board); err != nil {
		t.Fatal(err)
	}
	places := map[[2]int]bool{}
	for _, p := range board.Panels {
		if p.Title == "" || p.Description == "" || len(p.Targets) == 0 || p.GridPos.X+p.GridPos.W > 24 {
			t.Errorf("panel %q: %+v", p.Title, p)
		}
		for _, target := range p.Targets {
			if target.Expr == "" {
				t.Errorf("panel %q asks nothing", p.Title)
			}
		}
		at := [2]int{p.GridPos.X, p.GridPos.Y}
		if places[at] {
			t.Errorf("two panels at %v", at)
		}
		places[at] = true
	}
	if board.Title != "presswatch" || len(board.Panels) < 8 {
		t.Errorf("%q with %d panels", board.Title, len(board.Panels))
	}
}

func TestPromtoolTakesTheAlerts(t *testing.T) {
	tool, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("NOT CHECKED: promtool is not installed here (Debian: apt-get install prometheus)")
	}
	for _, args := range [][]string{{"check", "rules", "alerts.yml"}, {"test", "rules", "alerts.test.yml"}} {
		run := exec.CommandContext(t.Context(), tool, args...)
		run.Dir = monitoring
		if out, err := run.CombinedOutput(); err != nil {
			t.Errorf("promtool %v: %v\n%s", args, err, out)
		}
	}
}
