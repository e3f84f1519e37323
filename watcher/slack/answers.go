package slack

import (
	"slices"
	"strings"
)

// Class says what an answer means for a message: see the package's essay.
type Class int

// The classes of answers other than a receipt.
const (
	Unsent  Class = iota + 1 // surely not in the channel; send again later
	Unclear                  // perhaps in the channel; ask before sending again
	Place                    // not in the channel: somebody must change the place or our rights
	Payload                  // not in the channel: Slack does not take it in this form
)

// String is the class in words, for logs and operators.
func (c Class) String() string {
	switch c {
	case Unsent:
		return "not sent"
	case Unclear:
		return "unclear whether sent"
	case Place:
		return "place or rights"
	case Payload:
		return "our message"
	}
	return "unknown"
}

// answer is one error name of Slack's, or the beginning of several, with its
// class and, where an operator can do something, what.
type answer struct {
	name   string // a trailing * stands for any ending, also none
	class  Class
	advice string
}

const (
	adviceChannel = "check the channel's name, and invite the app into it: /invite in the channel"
	adviceToken   = "take the Bot User OAuth Token again from the app's page OAuth & Permissions"
	adviceHook    = "make a new incoming webhook and store its address"
	adviceAdmin   = "ask an administrator of the workspace to allow the app to post there"
)

// answers is the table: each name in exactly one row. The last rows are the words
// of incoming webhooks, which answer in plain text.
var answers = [...]answer{
	{"ratelimited", Unsent, ""},
	{"rate_limited", Unsent, ""},
	{"message_limit_exceeded", Unsent, ""},
	{"team_added_to_org", Unsent, ""},
	{"org_login_required", Unsent, ""},

	{"internal_error", Unclear, ""},
	{"fatal_error", Unclear, ""},
	{"service_unavailable", Unclear, ""},
	{"request_timeout", Unclear, ""},
	{"duplicate_message_not_found", Unclear, ""},
	{"duplicate_channel_not_found", Unclear, ""},

	{"channel_not_found", Place, adviceChannel},
	{"not_in_channel", Place, adviceChannel},
	{"is_archived", Place, "unarchive the channel, or name another one"},
	{"invalid_auth", Place, adviceToken},
	{"not_authed", Place, adviceToken},
	{"token_revoked", Place, adviceToken},
	{"token_expired", Place, adviceToken},
	{"account_inactive", Place, adviceToken},
	{"missing_scope", Place, "add the scope on the app's page OAuth & Permissions and install the app again"},
	{"not_allowed_token_type", Place, adviceToken},
	{"no_permission", Place, adviceAdmin},
	{"access_denied", Place, adviceAdmin},
	{"accesslimited", Place, adviceAdmin},
	{"ekm_access_denied", Place, adviceAdmin},
	{"restricted_action*", Place, adviceAdmin},
	{"messages_tab_disabled", Place, "allow messages on the app's page App Home"},
	{"team_not_found", Place, adviceToken},
	{"team_access_not_granted", Place, adviceAdmin},
	{"two_factor_setup_required", Place, adviceAdmin},
	{"enterprise_is_restricted", Place, adviceAdmin},
	{"method_deprecated", Place, "a newer presswatch is needed"},
	{"deprecated_endpoint", Place, "a newer presswatch is needed"},
	{"as_user_not_supported", Place, adviceToken},

	{"invalid_blocks*", Payload, ""},
	{"msg_blocks_too_long", Payload, ""},
	{"msg_too_long", Payload, ""},
	{"no_text", Payload, ""},
	{"too_many_attachments", Payload, ""},
	{"attachment_payload_limit_exceeded", Payload, ""},
	{"markdown_text_conflict", Payload, ""},
	{"metadata_too_large", Payload, ""},
	{"invalid_metadata_*", Payload, ""},
	{"metadata_must_be_sent_from_app", Payload, ""},
	{"invalid_arguments", Payload, ""},
	{"invalid_arg_name", Payload, ""},
	{"invalid_array_arg", Payload, ""},
	{"invalid_charset", Payload, ""},
	{"invalid_form_data", Payload, ""},
	{"invalid_post_type", Payload, ""},
	{"missing_post_type", Payload, ""},
	{"cannot_reply_to_message", Payload, ""},
	{"thread_not_found", Payload, ""},
	{"message_not_found", Payload, ""},
	{"cant_update_message", Payload, ""},
	{"edit_window_closed", Payload, ""},

	{"rollup_error", Unclear, ""},
	{"no_service*", Place, adviceHook},
	{"no_active_hooks", Place, adviceHook},
	{"no_team", Place, adviceHook},
	{"team_disabled", Place, adviceHook},
	{"invalid_token", Place, adviceHook},
	{"user_not_found", Place, adviceHook},
	{"channel_is_archived", Place, "unarchive the channel, or make a webhook for another one"},
	{"action_prohibited", Place, adviceAdmin},
	{"posting_to_general_channel_denied", Place, adviceAdmin},
	{"invalid_payload", Payload, ""},
	{"missing_text_or_fallback_or_attachments", Payload, ""},
}

// ClassOf is the class of an error name of Slack's; known is false, and the class
// Unclear, for a name that the table does not hold.
func ClassOf(code string) (class Class, known bool) {
	row, known := lookUp(code)
	return row.class, known
}

// Codes lists the error names of a class as the table has them, sorted; a name
// that stands for several ends in *.
func Codes(class Class) []string {
	var names []string
	for _, a := range answers {
		if a.class == class {
			names = append(names, a.name)
		}
	}
	slices.Sort(names)
	return names
}

func lookUp(code string) (answer, bool) {
	for _, a := range answers {
		stem, open := strings.CutSuffix(a.name, "*")
		if code == a.name || open && strings.HasPrefix(code, stem) {
			return a, true
		}
	}
	return answer{name: code, class: Unclear}, false
}
