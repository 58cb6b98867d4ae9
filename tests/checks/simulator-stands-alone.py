#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""simulator-stands-alone.py [--expect=KIND,…] SOURCES BUILD PROGRAM CORE-ARCHIVE…

A server that takes the client's word for a signature proves nothing, so the simulator shares no
code with the program. Looks for what it may have of core: `include` (a header), `symbol` (a
function in the program), `link` (a library on its link line). Fails unless exactly the kinds of
--expect are found: none, or those of a program that was made to violate the rule."""

import argparse
import pathlib
import re
import subprocess

LIBRARIES = {"gio-2.0", "gmodule-2.0", "gobject-2.0", "glib-2.0", "soup-3.0", "json-glib-1.0"}
OWN_ARCHIVES = ("libpurge-simulator.a", "libpurge-place.a")
# What all programs begin with: where they are, and which language they speak.
OWN_HEADERS = {"config.h", "purge-place.h"}


def foreign_includes(sources):
    """Headers in quotation marks that are neither in the folder nor allowed."""
    own = {path.name for path in sources.glob("*.h")} | OWN_HEADERS
    for path in sorted(sources.glob("*.[ch]")):
        for name in re.findall(r'^\s*#\s*include\s+["<]([^">]+)[">]', path.read_text(), re.M):
            if name not in own and (name.startswith("purge") or "/core/" in name or "../" in name):
                yield f"{path.name} includes {name}"


def defined_symbols(path):
    output = subprocess.run(["nm", "--defined-only", "--extern-only", path], check=True,
                            capture_output=True, text=True).stdout
    return {line.split()[-1] for line in output.splitlines() if len(line.split()) == 3}


def core_symbols(program, archives):
    core = set().union(*(defined_symbols(archive) for archive in archives))
    assert core, "core has no symbols: wrong archives"
    return sorted(core & defined_symbols(program))


def link_words(build, program):
    """What the linker is given for the program: its objects, archives and options."""
    lines = (build / "build.ninja").read_text().splitlines()
    name = program.resolve().relative_to(build.resolve())
    start = next(i for i, line in enumerate(lines) if line.startswith(f"build {name}: "))
    words = lines[start].split(" ")[3:]
    for line in lines[start + 1:]:
        if not line.startswith(" "):
            return words
        if line.strip().startswith("LINK_ARGS"):
            words += line.split(" ")
    return words


def foreign_links(build, program):
    for word in link_words(build, program):
        library = re.search(r"(?:/lib|-l)([^/]+?)(?:\.so.*|\.a)?$", word)
        if "src/core" in word:
            yield word
        elif word.endswith(".a") and not word.endswith(OWN_ARCHIVES):
            yield word
        elif library and (word.startswith("-l") or ".so" in word) and library[1] not in LIBRARIES:
            yield word


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--expect", default="")
    parser.add_argument("sources", type=pathlib.Path)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("core", nargs="+")
    arguments = parser.parse_args()

    found = {
        "include": list(foreign_includes(arguments.sources)),
        "symbol": core_symbols(arguments.program, arguments.core),
        "link": sorted(set(foreign_links(arguments.build, arguments.program))),
    }
    for kind, things in found.items():
        print(f"{kind}: {', '.join(things) or 'nothing of core'}")

    expected = set(filter(None, arguments.expect.split(",")))
    seen = {kind for kind, things in found.items() if things}
    if seen != expected:
        raise SystemExit(f"expected {sorted(expected) or 'nothing'}, found {sorted(seen)}")


main()
