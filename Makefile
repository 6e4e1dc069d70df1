# What can be made; `make` alone lists it. Every target runs on a fresh clone.

CODE = Sources Tests Package.swift
LIBRARIES = NN Tables Synth Eval Study
# Of `make fuzz`: for each target, and the targets, of which none are all.
SECONDS = 60
TARGETS =

.PHONY: help demo study test fuzz docs format lint clean swift libraries

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

demo: libraries ## Build, train on Examples/people.csv, draw new rows and show ten of them
	@Tools/build --product likeness
	@Tools/demo

study: libraries ## Build, and study accuracy against size on Examples/people.csv: study/study.html
	@Tools/build --product bench
	@.build/release/bench study Examples/people.csv --sizes 100,200,400,800,all -o study \
	  --target income='>50K' --rule education,education_num --violin 'age by income' \
	  --statistic 'mean(hours_per_week) by sex' --statistic 'mean(age) by marital_status'

test: libraries ## Build everything without warnings and run all tests
	@Tools/build --build-tests
	@swift test -c release --skip-build

fuzz: libraries ## Feed changed files and texts to all that reads them: make fuzz SECONDS=600 TARGETS='csv model'
	@Tools/build --product fuzz
	@.build/release/fuzz $(TARGETS) --seconds $(SECONDS)

docs: libraries ## Build the libraries' documentation; warnings are errors
	@for library in $(LIBRARIES); do \
	  swift package generate-documentation --target $$library --warnings-as-errors || exit 1; \
	done

format: swift ## Format the code in place
	@swift format format --in-place --parallel --recursive $(CODE)

lint: swift ## Check the code's format
	@swift format lint --strict --parallel --recursive $(CODE)

clean: ## Remove everything that was built
	@rm -rf .build demo study

swift:
	@command -v swift >/dev/null || { \
	  echo "Swift is missing: install Swift 6.1 or later from https://www.swift.org/install and" \
	    "put it on the PATH." >&2; exit 1; }

libraries: swift
	@Tools/install-libraries
