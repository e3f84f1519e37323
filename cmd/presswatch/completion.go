package main

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"bash, zsh or fish."`
}

// Help is the rest of what --help says.
func (completionCommand) Help() string {
	return "Packages install it. Else: eval \"$(presswatch completion bash)\" in ~/.bashrc, the same with zsh in ~/.zshrc after compinit; presswatch completion fish | source in fish."
}

// Run prints a script that asks presswatch itself what may follow: so it is
// always that of the installed version.
func (k completionCommand) Run(p *program) error {
	_, err := fmt.Fprint(p.stdout, map[string]string{"bash": bashCompletion, "zsh": zshCompletion, "fish": fishCompletion}[k.Shell])
	return err
}

const bashCompletion = `# Completion of presswatch for bash.
_presswatch() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :file) COMPREPLY+=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}")) ;;
      *) COMPREPLY+=("${line%%$'\t'*}") ;;
    esac
  done < <(presswatch complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o filenames -F _presswatch presswatch
`

const zshCompletion = `#compdef presswatch
# Completion of presswatch for zsh.
_presswatch() {
  local line
  local -a found
  for line in "${(@f)$(presswatch complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    case $line in
      :file) _files ;;
      ?*) found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}") ;;
    esac
  done
  (( $#found )) && _describe presswatch found
}
if [ "$funcstack[1]" = _presswatch ]; then _presswatch "$@"; else compdef _presswatch presswatch; fi
`

const fishCompletion = `# Completion of presswatch for fish.
function __presswatch
  set -l words (commandline -opc) (commandline -ct)
  for line in (presswatch complete -- $words[2..-1] 2>/dev/null)
    if test "$line" = ":file"
      __fish_complete_path (commandline -ct)
    else
      echo $line
    end
  end
end
complete -c presswatch -f -a '(__presswatch)'
`

type completeCommand struct {
	Words []string `arg:"" optional:"" passthrough:"" help:"The words after presswatch, the last one unfinished."`
}

// Run prints what the last word may become, one a line: a word, a tab and what it
// means; or :file for any file.
func (k completeCommand) Run(p *program) error {
	words := k.Words
	if len(words) > 0 && words[0] == "--" {
		words = words[1:]
	}
	for _, c := range candidates(p.model.Node, words) {
		fmt.Fprintln(p.stdout, strings.TrimSuffix(c.word+"\t"+c.meaning, "\t"))
	}
	return nil
}

// candidate is a word that may follow.
type candidate struct{ word, meaning string }

// anyFile stands for the files that the shell finds.
func anyFile() []candidate { return []candidate{{word: ":file"}} }

// candidates says what the last of some words may become.
func candidates(at *kong.Node, words []string) (found []candidate) {
	last, before := "", words
	if len(words) > 0 {
		last, before = words[len(words)-1], words[:len(words)-1]
	}
	if last == "=" {
		last = ""
	}
	at, position, open := walk(at, before)
	switch name, _, assigned := strings.Cut(last, "="); {
	case open != nil:
		found = valuesOf(open.Value, "")
	case assigned && flagOf(at, name) != nil:
		found = valuesOf(flagOf(at, name).Value, name+"=")
	case strings.HasPrefix(last, "-"):
		for _, group := range at.AllFlags(true) {
			for _, f := range group {
				found = append(found, candidate{"--" + f.Name, f.Help})
			}
		}
	case position < len(at.Positional):
		found = valuesOf(at.Positional[position], "")
	default:
		for _, child := range at.Children {
			if !child.Hidden {
				found = append(found, candidate{child.Name, child.Help})
			}
		}
	}
	var fitting []candidate
	for _, c := range found {
		if strings.HasPrefix(c.word, last) || c.word == ":file" {
			fitting = append(fitting, c)
		}
	}
	return fitting
}

// walk follows finished words: to the command, how many of its arguments are
// given, and the flag that still waits for its value.
func walk(at *kong.Node, words []string) (node *kong.Node, position int, open *kong.Flag) {
	for _, word := range words {
		switch {
		case word == "=": // bash takes --flag=value for three words
		case open != nil:
			open = nil
		case strings.HasPrefix(word, "-"):
			if f := flagOf(at, word); f != nil && !f.IsBool() {
				open = f
			}
		default:
			child := childOf(at, word)
			if child == nil {
				position++
				continue
			}
			at, position = child, 0
		}
	}
	return at, position, open
}

func childOf(at *kong.Node, name string) *kong.Node {
	for _, child := range at.Children {
		if child.Name == name {
			return child
		}
	}
	return nil
}

// flagOf finds a flag by --name or -n, among a command's own and those of all.
func flagOf(at *kong.Node, word string) *kong.Flag {
	for _, group := range at.AllFlags(true) {
		for _, f := range group {
			if word == "--"+f.Name || f.Short != 0 && word == "-"+string(f.Short) {
				return f
			}
		}
	}
	return nil
}

// valuesOf are the words that a value may be, each after a prefix; any file
// where it is a path.
func valuesOf(v *kong.Value, prefix string) (found []candidate) {
	if v.Enum != "" {
		for _, word := range v.EnumSlice() {
			found = append(found, candidate{prefix + word, ""})
		}
		return found
	}
	if place := v.Tag.PlaceHolder; place == "FILE" || place == "DIR" || v.Flag == nil && place == "" {
		return anyFile()
	}
	return nil
}
