// Package daemon stands in for systemd's notification socket; there is none.
package daemon

const SdNotifyReady = "READY=1"

func SdNotify(bool, string) (bool, error) { return false, nil }
