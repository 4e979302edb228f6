# Every command of the project. Each installs what it needs; `make demo` and `make test` work on a fresh clone.

NODE := scripts/node

.DEFAULT_GOAL := help
.PHONY: help demo test build engine format bench clean

help:
	@echo 'make demo     about a minute: scan and fix a copy of fixtures/'
	@echo 'make test     every check and every test; the last line counts them'
	@echo 'make build    write dist/ and whatever else is generated'
	@echo 'make engine   build engine/ into dist/engine.wasm.zst (needs Go; KUBERNETES=1.35 for another version)'
	@echo 'make format   lay the sources out'
	@echo 'make bench    print the published figures (needs Go and the corpora; see CONTRIBUTING.md)'
	@echo 'make clean    remove what the others made, node_modules/ included'

# Packages as the lock file names them. Some npm versions skip the step that puts the Node 24 binary in its place.
node_modules/.ready: package-lock.json package.json
	npm ci --no-progress --loglevel=error
	@test -x node_modules/node/bin/node || (cd node_modules/node && node installArchSpecificPackage.js)
	@$(NODE) --version
	@touch $@

demo: node_modules/.ready
	@$(NODE) scripts/demo.ts

test: node_modules/.ready
	@$(NODE) scripts/test.ts

build: node_modules/.ready
	@$(NODE) scripts/generate.ts
	@$(NODE) scripts/build.ts
	@$(NODE) scripts/readme.ts

engine: node_modules/.ready
	@$(NODE) scripts/engine.ts

format: node_modules/.ready
	@$(NODE) node_modules/prettier/bin/prettier.cjs --write --log-level warn .

bench: node_modules/.ready
	@$(NODE) bench/main.ts all

clean:
	rm -rf node_modules build .cache coverage
