// Package logutil stands in for etcd's logger.
package logutil

import (
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

func CreateDefaultZapLogger(zapcore.Level) (*zap.Logger, error) { return zap.NewNop(), nil }
