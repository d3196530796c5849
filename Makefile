# Understory. `make run` does everything and serves; `make test` does everything
# and tests. Several builds live side by side: build/<mode>/, or BUILD=/tmp/x.

BUILD ?= build
MODE ?= release
CC ?= cc
PREFIX ?= /usr/local
MANDIR ?= $(PREFIX)/share/man
DATA ?= ./data
POSTS ?= 10000
SEED ?= 1
SECONDS_EACH ?= 20
KILLS ?= 5000
RESTARTS ?= 30
WERROR = -Werror
VERSION := 0.1

GEN = $(BUILD)/gen
OBJ = $(BUILD)/$(MODE)
ifeq ($(MODE),release)
BIN = $(BUILD)
else
BIN = $(OBJ)
endif

LIBRARIES = libevent_core libevent_pthreads openssl sqlite3 libutf8proc \
	liburiparser inih libseccomp libxml-2.0
PKG_CONFIG ?= pkg-config
LIBRARY_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(LIBRARIES) 2>/dev/null)
LDLIBS := $(shell $(PKG_CONFIG) --libs $(LIBRARIES) 2>/dev/null) -pthread

WARNINGS = -Wall -Wextra -Wpedantic $(WERROR) -Wshadow -Wconversion \
	-Wno-sign-conversion -Wstrict-prototypes -Wmissing-prototypes -Wvla \
	-Wformat=2 -Wcast-qual -Wwrite-strings -Wundef -Wimplicit-fallthrough \
	-fno-common
CPPFLAGS_ALL = -D_GNU_SOURCE -DVERSION='"$(VERSION)"' -Iserver -I. -I$(GEN) \
	$(LIBRARY_CFLAGS) $(CPPFLAGS)

comma := ,
# Hardening that a compiler or processor does not know is left out.
try = $(shell echo 'int main(void){return 0;}' | $(CC) -Werror $(1) -x c - \
	-o /dev/null 2>/dev/null && echo "$(1)")
ifeq ($(MODE),release)
MODE_CFLAGS := -O2 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fPIE \
	-fstack-protector-strong $(call try,-fstack-clash-protection) $(call try,-fcf-protection) \
	$(call try,-ftrivial-auto-var-init=zero)
MODE_LDFLAGS := -pie $(call try,-Wl$(comma)-z$(comma)relro$(comma)-z$(comma)now)
else ifeq ($(MODE),asan)
MODE_CFLAGS = -O1 -g -fsanitize=address,undefined -fno-omit-frame-pointer \
	-fno-sanitize-recover=all
else ifeq ($(MODE),tsan)
MODE_CFLAGS = -O1 -g -fsanitize=thread
else ifeq ($(MODE),fuzz)
MODE_CFLAGS = -O1 -g -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=all
else
$(error MODE is release, asan, tsan or fuzz)
endif
# V=1 shows the commands, make -s shows nothing.
Q := $(if $(V),,@)
say = @$(if $(findstring s,$(firstword -$(MAKEFLAGS))),:,echo \
	'  $(1) $(2)')

COMPILE = $(CC) -std=c17 $(CPPFLAGS_ALL) $(WARNINGS) $(MODE_CFLAGS) $(CFLAGS)
LINK = $(CC) $(MODE_CFLAGS) $(CFLAGS) $(MODE_LDFLAGS) $(LDFLAGS)

GENERATED = $(GEN)/sql.h $(GEN)/sql.c $(GEN)/schema.c $(GEN)/texts.h \
	$(GEN)/texts.c
EMBEDDED = $(wildcard server/forum/*.sql server/forum/schema/*.sql \
	content/pages/*.gmi content/help/*.gmi content/handbook/*.gmi \
	content/words/*.txt)
EMBEDDED_DIRS = $(wildcard server/forum server/forum/schema content/pages \
	content/help content/handbook content/words)

SOURCES = $(wildcard server/*.c server/*/*.c certs/*.c)
OBJECTS = $(SOURCES:%.c=$(OBJ)/%.o) $(OBJ)/gen/sql.o $(OBJ)/gen/schema.o \
	$(OBJ)/gen/texts.o
PARTS = $(filter-out $(OBJ)/server/main.o,$(OBJECTS))

TOOLS = $(BIN)/town
UNIT_HELP = $(OBJ)/tests/talk/atom_check.o $(patsubst %.c,$(OBJ)/%.o,$(filter-out tests/unit/test_%,\
	$(wildcard tests/unit/*.c)))
UNITS = $(patsubst tests/unit/%.c,$(OBJ)/unit/%,$(wildcard \
	tests/unit/test_*.c))
TALK_PARTS = $(patsubst %.c,$(OBJ)/%.o,$(wildcard tests/talk/*.c))
TALK = $(if $(TALK_PARTS),$(OBJ)/talk)
TALKS = $(wildcard tests/talk/*.talk)
# kill and peers meet the server from outside, with the client of the talk
# files; the others hold it in their own process and make its calls fail.
FAULTS = $(addprefix $(OBJ)/fault/,backup clock disk site start store visits)
OUTSIDE = $(addprefix $(OBJ)/fault/,kill peers)
FAULT_HELP = $(addprefix $(OBJ)/tests/fault/,ask.o fail.o fail_memory.o \
	fail_sqlite.o fail_system.o house.o step.o) $(OBJ)/tests/unit/site_help.o \
	$(OBJ)/tests/unit/scratch.o $(OBJ)/tests/talk/browser.o \
	$(OBJ)/tests/talk/client.o
FAILING = malloc calloc realloc strndup mkdir rmdir uriParseSingleUriExA \
	uriNormalizeSyntaxExA utf8proc_map open write fsync rename unlink \
	flock fopen opendir eventfd socket bind listen accept4 setsockopt recv \
	send pthread_create pthread_mutex_init pthread_cond_init RAND_bytes \
	EVP_PBE_scrypt time
CLIENT_PARTS = $(filter-out $(OBJ)/tests/talk/talk.o,$(TALK_PARTS))
FUZZERS = $(patsubst tests/fuzz/%.c,$(OBJ)/fuzz/%,$(wildcard tests/fuzz/*.c))
BENCHES = $(addprefix $(OBJ)/bench/,bare load settle first store writers)
BENCH_HELP = $(addprefix $(OBJ)/tests/bench/,ask.o asks.o asks_search.o hold.o meter.o \
	visitor.o) \
	$(OBJ)/tests/talk/client.o $(OBJ)/tests/talk/browser.o
OURS = $(wildcard server/*.[ch] server/*/*.[ch] certs/*.[ch] gen/*.[ch] \
	gen/*/*.[ch] tests/*/*.[ch])

.PHONY: all run demo test test-run units talk asan tsan tsan-run fuzz fault \
	kill soak bench \
	bench-store golden \
	lint layers check deps install clean
.SECONDARY:
.DELETE_ON_ERROR:

all: $(BIN)/understory $(TOOLS)

# --- the program -----------------------------------------------------------

$(OBJ)/%.o: %.c | $(GENERATED)
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

$(OBJ)/gen/%.o: $(GEN)/%.c | $(GENERATED)
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

$(BIN)/understory: $(OBJECTS)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $(OBJECTS) $(LDLIBS)

$(TOOLS): $(BIN)/%: $(OBJ)/gen/%.o $(OBJ)/gen/town_text.o $(PARTS)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ $(LDLIBS)

# The maker of C leaves alone what did not change, so a new sentence does not
# rebuild the program; the stamp says that it has looked.
$(GENERATED): $(GEN)/stamp
	@:

$(GEN)/stamp: $(BUILD)/embed $(EMBEDDED) $(EMBEDDED_DIRS)
	@mkdir -p $(GEN)
	$(Q)$(BUILD)/embed $(GEN)
	@touch $@

$(BUILD)/embed: $(wildcard gen/embed/*.[ch])
	@mkdir -p $(BUILD)
	$(Q)$(CC) -std=c17 -D_GNU_SOURCE -I. $(WARNINGS) -O1 -g -o $@ \
		$(filter %.c,$^)

# --- using it --------------------------------------------------------------

run:
	@sh .ci/deps run
	@$(MAKE) --no-print-directory all
	@$(BUILD)/understory serve --data $(DATA)

demo:
	@sh .ci/deps run
	@$(MAKE) --no-print-directory all
	@test -e $(BUILD)/demo/understory.db || $(BUILD)/town \
		--data $(BUILD)/demo --posts $(POSTS) --seed $(SEED)
	@$(BUILD)/understory serve --data $(BUILD)/demo

install:
	$(MAKE) all WERROR=
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(BIN)/understory $(DESTDIR)$(PREFIX)/bin/understory
	install -d $(DESTDIR)$(MANDIR)/man1 $(DESTDIR)$(MANDIR)/man5
	install -m 644 content/man/understory.1 $(DESTDIR)$(MANDIR)/man1
	install -m 644 content/man/understory.conf.5 $(DESTDIR)$(MANDIR)/man5

deps:
	@sh .ci/deps test

clean:
	rm -rf $(BUILD)

# --- tests -----------------------------------------------------------------

$(OBJ)/unit/%: $(OBJ)/tests/unit/%.o $(UNIT_HELP) $(PARTS)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ $(LDLIBS) -lcmocka

$(OBJ)/talk: $(TALK_PARTS) $(PARTS)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ $(LDLIBS)

$(OUTSIDE): $(OBJ)/fault/%: $(OBJ)/tests/fault/%.o $(CLIENT_PARTS) $(PARTS)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ $(LDLIBS)

$(FAULTS): $(OBJ)/fault/%: $(OBJ)/tests/fault/%.o $(FAULT_HELP) \
		$(PARTS)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(LINK) $(FAILING:%=-Wl,--wrap=%) -o $@ $(sort $^) $(LDLIBS) \
		-lcmocka

$(OBJ)/bench/%: $(OBJ)/tests/bench/%.o $(BENCH_HELP) $(PARTS)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ $(LDLIBS)

$(OBJ)/fuzz/%: $(OBJ)/tests/fuzz/%.o $(PARTS)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(LINK) -fsanitize=fuzzer -o $@ $^ $(LDLIBS)

test:
	@sh .ci/deps test
	@$(MAKE) --no-print-directory test-run

test-run: all $(UNITS) $(TALK) $(FAULTS) $(OUTSIDE)
	@PROGRAM=$(BIN)/understory sh tests/run $(UNITS) $(FAULTS) $(OUTSIDE) \
		$(wildcard tests/*.sh) -- "$(TALK)" $(TALKS)

units: $(UNITS)
	@sh tests/run $(UNITS)

talk: $(TALK)
	@sh tests/run -- "$(TALK)" $(TALKS)

asan:
	$(MAKE) MODE=asan CC=clang test-run

tsan:
	$(MAKE) MODE=tsan CC=clang tsan-run

# Then restarts while people read and write: a minute. What was found is in the
# servers' log.
tsan-run: talk $(BIN)/understory $(OUTSIDE)
	@$(OBJ)/fault/kill $(BIN)/understory $(RESTARTS) gently \
		2>$(OBJ)/fault/restarts.log || \
		{ grep -A 40 'WARNING: ' $(OBJ)/fault/restarts.log; exit 1; }

# What test runs of it, alone: a minute.
fault: all $(FAULTS) $(OUTSIDE)
	@PROGRAM=$(BIN)/understory sh tests/run $(FAULTS) $(OUTSIDE)

kill: all $(OUTSIDE)
	@$(OBJ)/fault/kill $(BIN)/understory $(KILLS) 2>$(OBJ)/fault/kill.log

# Every call fails in its turn, and many kills: half an hour. The servers' log
# lies in $(OBJ)/fault/.
soak: all $(FAULTS) $(OUTSIDE)
	@for f in $(FAULTS); do \
		FAULT=all $$f 2>$$f.log || exit 1; done
	@$(MAKE) --no-print-directory kill

fuzz:
	$(MAKE) MODE=fuzz CC=clang SECONDS_EACH=$(SECONDS_EACH) fuzz-run

.PHONY: fuzz-run
fuzz-run: $(FUZZERS)
	@printf '%s\n' $(FUZZERS) | CORPUS=$(BUILD)/corpus \
		SECONDS_EACH=$(SECONDS_EACH) xargs -n 1 \
		-P "$$(getconf _NPROCESSORS_ONLN)" sh tests/fuzz/run

# BENCH=short takes a minute; the table lands in $(BUILD)/bench.txt.
bench: all $(BENCHES)
	@BUILD=$(BUILD) OBJ=$(OBJ) BIN=$(BIN) sh tests/bench/run

# The database, in towns from small to large. BENCH=short takes a minute;
# else the largest town is made once, of 10 million posts and some 15 GB.
bench-store: TOWNS = $(if $(filter file,$(origin POSTS)),,$(POSTS))
bench-store: all $(BENCHES)
	@BUILD=$(BUILD) OBJ=$(OBJ) BIN=$(BIN) POSTS="$(TOWNS)" \
		sh tests/bench/run-store

# Takes the pages as they are now for the right ones; read the diff.
golden: $(OBJ)/unit/test_golden
	GOLDEN=bless $<

layers:
	@awk -f tests/layers.awk $(OURS)

lint: layers $(GENERATED)
	@GEN=$(GEN) LIBRARY_CFLAGS='$(LIBRARY_CFLAGS)' sh tests/lint $(OURS)

check: test lint

-include $(shell find $(OBJ) -name '*.d' 2>/dev/null)
