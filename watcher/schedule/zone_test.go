package schedule

import "testing"

func TestAZoneIsReadByItsName(t *testing.T) {
	var z Zone
	if z.Location() != nil {
		t.Error("the zero zone is a zone")
	}
	if err := z.UnmarshalText([]byte("Asia/Ho_Chi_Minh")); err != nil || z.Location().String() != "Asia/Ho_Chi_Minh" {
		t.Errorf("%v, %v", z.Location(), err)
	}
	for _, name := range []string{"", "Local", "Asia/Hanoi-West", "../etc/passwd"} {
		if err := z.UnmarshalText([]byte(name)); err == nil {
			t.Errorf("%q is taken", name)
		}
	}
}
