/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

/* Whether memory is another allocator's than the C library's. gcc and clang say it differently. */
#if defined (__has_feature)
#if __has_feature (address_sanitizer)
#define IS_SANITIZED TRUE
#endif
#elif defined (__SANITIZE_ADDRESS__)
#define IS_SANITIZED TRUE
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED FALSE
#endif
