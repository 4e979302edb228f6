// Package rpctypes stands in for etcd's errors.
package rpctypes

import "errors"

var (
	ErrCompacted = errors.New("compacted")
	ErrFutureRev = errors.New("future revision")
)
