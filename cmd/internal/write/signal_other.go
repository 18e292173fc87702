//go:build !unix

package write

// IgnoreSIGPIPE does nothing, because these systems have no such signal.
func IgnoreSIGPIPE() {}
