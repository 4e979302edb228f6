package main

import (
	"k8s-autofix.dev/engine/admission"
	"k8s-autofix.dev/engine/custom"
	"k8s-autofix.dev/engine/seam"
)

// Which admission and which custom kinds the engine has.
var (
	newAdmission   seam.NewAdmission   = admission.New
	newCustomKinds seam.NewCustomKinds = custom.New
)
