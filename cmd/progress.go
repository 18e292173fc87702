package cmd

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"sync"
	"time"
)

// An interruptedError means that the user pressed Ctrl-C.
type interruptedError struct{}

func (interruptedError) Error() string {
	return "interrupted: partial results are not shown"
}

// A progress shows on a terminal how far a run has got, once it takes longer than a
// second.
type progress struct {
	ctx   context.Context
	bar   func(text string) // nil if there is no terminal
	begin time.Time
	lock  sync.Mutex
	shown string
}

// watch lets Ctrl-C end the run, and shows its progress if standard error is a terminal.
func (p *program) watch(ctx context.Context) (stop func(), shown *progress) {
	ctx, stop = signal.NotifyContext(ctx, os.Interrupt)
	shown = &progress{ctx: ctx, begin: time.Now()}
	if isTerminal(p.stderr) {
		shown.bar = func(text string) { fmt.Fprint(p.stderr, text) }
	}
	return stop, shown
}

// report updates the bar.
func (p *progress) report(done, of int) {
	if p.bar == nil {
		return
	}
	p.lock.Lock()
	defer p.lock.Unlock()
	if time.Since(p.begin) < time.Second {
		return
	}
	const width = 40
	filled := done * width / of
	text := fmt.Sprintf("\r[%s%s] %d%%", strings.Repeat("#", filled), strings.Repeat(".", width-filled), done*100/of)
	if text != p.shown {
		p.bar(text)
		p.shown = text
	}
}

// clear removes the bar.
func (p *progress) clear() {
	if p.shown != "" {
		p.bar("\r" + strings.Repeat(" ", len(p.shown)) + "\r")
	}
}
