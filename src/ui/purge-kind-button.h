/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-kind.h"

G_BEGIN_DECLS

/**
 * PurgeKindButton:
 *
 * Says by an icon what a row is, a directory or a URL, in words to a pointer or a screen reader, and
 * offers both. Property: `kind` (#PurgeKind), what it says. What a person chooses goes to the action
 * `row.kind` around it.
 */
#define PURGE_TYPE_KIND_BUTTON (purge_kind_button_get_type ())

G_DECLARE_FINAL_TYPE (PurgeKindButton, purge_kind_button, PURGE, KIND_BUTTON, AdwBin)

G_END_DECLS
