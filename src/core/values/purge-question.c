/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* When a submission is asked about, and in which words. Knows the rules of that and no dialog: the
 * window and the terminal ask the same question. */

#define G_LOG_DOMAIN "purge-question"

#include "config.h"

#include "purge-question.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "purge-directory.h"

/* A dialog with more lines than these is not read. Whole sites are always shown. */
#define MAX_HOSTS_SHOWN 8

typedef struct
{
  char     *host;
  guint     count;
  guint     n_urls;
  gboolean  has_root;
} Site;

static void
site_free (gpointer data)
{
  Site *site = data;

  g_free (site->host);
  g_free (site);
}

static int
compare_sites (gconstpointer a,
               gconstpointer b)
{
  const Site *first = *(Site * const *) a;
  const Site *second = *(Site * const *) b;

  if (first->has_root != second->has_root)
    return first->has_root ? -1 : 1;
  if (first->count != second->count)
    return first->count > second->count ? -1 : 1;

  return strcmp (first->host, second->host);
}

static Site *
find_site (GPtrArray  *sites,
           GHashTable *by_host,
           const char *url)
{
  g_autofree char *host = purge_directory_dup_host (url);
  Site *site = g_hash_table_lookup (by_host, host);

  if (site == NULL)
    {
      site = g_new0 (Site, 1);
      site->host = g_steal_pointer (&host);
      g_hash_table_insert (by_host, site->host, site);
      g_ptr_array_add (sites, site);
    }

  return site;
}

/* A URL purges what is there and nothing below it, so that the root of a site is no whole site. */
static GPtrArray *
count_sites (PurgeOrder *order)
{
  GPtrArray *sites = g_ptr_array_new_with_free_func (site_free);
  g_autoptr (GHashTable) by_host = g_hash_table_new (g_str_hash, g_str_equal);
  const char * const *directories = purge_order_get (order, PURGE_KIND_DIRECTORY);
  const char * const *urls = purge_order_get (order, PURGE_KIND_URL);

  for (guint i = 0; directories[i] != NULL; i++)
    {
      Site *site = find_site (sites, by_host, directories[i]);

      site->count++;
      site->has_root = site->has_root || purge_directory_is_root (directories[i]);
    }
  for (guint i = 0; urls[i] != NULL; i++)
    {
      Site *site = find_site (sites, by_host, urls[i]);

      site->count++;
      site->n_urls++;
    }

  g_ptr_array_sort (sites, compare_sites);
  return sites;
}

static void
keep_sites (PurgeQuestion *self,
            GPtrArray     *sites)
{
  self->hosts = g_new0 (char *, sites->len + 1);
  self->counts = g_new0 (guint, sites->len + 1);
  self->n_urls = g_new0 (guint, sites->len + 1);
  self->roots = g_new0 (gboolean, sites->len + 1);
  for (guint i = 0; i < sites->len; i++)
    {
      Site *site = sites->pdata[i];

      self->hosts[i] = g_steal_pointer (&site->host);
      self->counts[i] = site->count;
      self->n_urls[i] = site->n_urls;
      self->roots[i] = site->has_root;
    }
}

static gboolean
takes_much (const PurgeQuestion *self,
            PurgeKind            kind)
{
  return self->n[kind] > self->limits.of[kind].left / 2.0;
}

/* What of a directory is purged is no choice that a URL has. */
static PurgeAsk
find_reasons (const PurgeQuestion *self,
              PurgeMode            mode)
{
  PurgeAsk reasons = PURGE_ASK_NOT;

  if (self->n[PURGE_KIND_DIRECTORY] > 0 && mode == PURGE_MODE_ALL)
    reasons |= PURGE_ASK_ALL_RESOURCES;
  if (self->roots[0])
    reasons |= PURGE_ASK_SITE_ROOT;
  if (takes_much (self, PURGE_KIND_DIRECTORY) || takes_much (self, PURGE_KIND_URL))
    reasons |= PURGE_ASK_HALF_OF_QUOTA;
  if (self->n[PURGE_KIND_DIRECTORY] > PURGE_ASK_MANY_DIRECTORIES)
    reasons |= PURGE_ASK_MANY;

  return reasons;
}

static void
append_line (GString *body,
             char    *line)
{
  g_string_append_printf (body, "%s%s", body->len > 0 ? "\n" : "", line);
  g_free (line);
}

static char *
dup_directories_short (const PurgeLimit *limit)
{
  if (limit->from_server)
    return g_strdup_printf (ngettext ("Only %u directory is left today, Tencent says.",
                                      "Only %u directories are left today, Tencent says.",
                                      limit->left), limit->left);

  return g_strdup_printf (ngettext ("Only %u directory is left today, by this computer’s count.",
                                    "Only %u directories are left today, by this computer’s count.",
                                    limit->left), limit->left);
}

static char *
dup_urls_short (const PurgeLimit *limit)
{
  if (limit->from_server)
    return g_strdup_printf (ngettext ("Only %u URL is left today, Tencent says.",
                                      "Only %u URLs are left today, Tencent says.", limit->left),
                            limit->left);

  return g_strdup_printf (ngettext ("Only %u URL is left today, by this computer’s count.",
                                    "Only %u URLs are left today, by this computer’s count.",
                                    limit->left), limit->left);
}

static void
append_quota (GString             *body,
              const PurgeQuestion *self,
              PurgeKind            kind)
{
  const PurgeLimit *limit = &self->limits.of[kind];

  if (!takes_much (self, kind))
    return;

  if (self->n[kind] > limit->left)
    append_line (body, kind == PURGE_KIND_URL ? dup_urls_short (limit)
                                              : dup_directories_short (limit));
  else if (kind == PURGE_KIND_URL)
    /* Translators: the first number is how many would be sent, the second how many may still be
     * sent today. */
    append_line (body, g_strdup_printf (_("This takes %u of the %u URLs left today."),
                                        self->n[kind], limit->left));
  else
    /* Translators: the first number is how many would be sent, the second how many may still be
     * sent today. */
    append_line (body, g_strdup_printf (_("This takes %u of the %u directories left today."),
                                        self->n[kind], limit->left));
}

/* Of one host: its directories, then its URLs. */
static void
append_host (GString             *body,
             const PurgeQuestion *self,
             guint                index)
{
  const char *host = self->hosts[index];
  guint n_urls = self->n_urls[index];
  guint n = self->counts[index] - n_urls;

  if (self->roots[index])
    /* Translators: a host, and how many directories of it would be purged, the site's root among
     * them. */
    append_line (body, g_strdup_printf (ngettext ("%s – %u directory: the whole site",
                                                  "%s – %u directories, the whole site among them",
                                                  n), host, n));
  else if (n > 0)
    /* Translators: a host, and how many directories of it would be purged. */
    append_line (body, g_strdup_printf (ngettext ("%s – %u directory", "%s – %u directories", n),
                                        host, n));
  if (n_urls > 0)
    /* Translators: a host, and how many URLs of it would be purged. */
    append_line (body, g_strdup_printf (ngettext ("%s – %u URL", "%s – %u URLs", n_urls), host,
                                        n_urls));
}

static void
append_hosts (GString             *body,
              const PurgeQuestion *self)
{
  guint i;
  guint left;

  for (i = 0; self->hosts[i] != NULL; i++)
    {
      if (i >= MAX_HOSTS_SHOWN && !self->roots[i])
        break;
      append_host (body, self, i);
    }

  left = g_strv_length (self->hosts + i);
  if (left > 0)
    append_line (body, g_strdup_printf (ngettext ("… and %u more host", "… and %u more hosts",
                                                  left), left));
}

/**
 * purge_question_new:
 * @order: what would be sent
 * @limits: how many of each kind the API takes in one request, at least 1, and how many are left today
 *
 * Decides whether a submission is asked about: all resources, the root of a site, more than half of
 * what is left today, or more than %PURGE_ASK_MANY_DIRECTORIES directories.
 *
 * Returns: (transfer full): the question; its reasons are %PURGE_ASK_NOT where it need not be asked
 */
PurgeQuestion *
purge_question_new (PurgeOrder        *order,
                    const PurgeLimits *limits)
{
  g_autoptr (GPtrArray) sites = NULL;
  PurgeQuestion *self;

  g_return_val_if_fail (order != NULL, NULL);
  g_return_val_if_fail (limits != NULL, NULL);

  sites = count_sites (order);
  self = g_new0 (PurgeQuestion, 1);
  self->limits = *limits;
  for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
    self->n[kind] = purge_order_count (order, kind);
  self->n_requests = purge_limits_count_requests (limits, self->n);
  keep_sites (self, sites);
  self->reasons = find_reasons (self, purge_order_get_mode (order));

  return self;
}

/**
 * purge_question_free:
 * @self: (transfer full): a question
 *
 * Frees a question.
 */
void
purge_question_free (PurgeQuestion *self)
{
  g_return_if_fail (self != NULL);

  g_strfreev (self->hosts);
  g_free (self->counts);
  g_free (self->n_urls);
  g_free (self->roots);
  g_free (self);
}

/**
 * purge_question_is_too_much:
 * @self: a question
 *
 * Returns: whether more would be sent than is left today, of either kind
 */
gboolean
purge_question_is_too_much (const PurgeQuestion *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
    if (self->n[kind] > self->limits.of[kind].left)
      return TRUE;

  return FALSE;
}

static char *
dup_both_heading (const PurgeQuestion *self)
{
  guint n = self->n[PURGE_KIND_DIRECTORY];
  guint n_urls = self->n[PURGE_KIND_URL];
  g_autofree char *directories = g_strdup_printf (ngettext ("%u Directory", "%u Directories", n), n);
  g_autofree char *urls = g_strdup_printf (ngettext ("%u URL", "%u URLs", n_urls), n_urls);

  if ((self->reasons & PURGE_ASK_ALL_RESOURCES) != 0)
    /* Translators: "Purge All Resources of 3 Directories, and 12 URLs?" */
    return g_strdup_printf (_("Purge All Resources of %s, and %s?"), directories, urls);

  /* Translators: "Purge 3 Directories and 12 URLs?" */
  return g_strdup_printf (_("Purge %s and %s?"), directories, urls);
}

/**
 * purge_question_dup_heading:
 * @self: a question
 *
 * Returns: (transfer full): the question in one line, translated
 */
char *
purge_question_dup_heading (const PurgeQuestion *self)
{
  guint n, n_urls;

  g_return_val_if_fail (self != NULL, NULL);

  n = self->n[PURGE_KIND_DIRECTORY];
  n_urls = self->n[PURGE_KIND_URL];
  if (n > 0 && n_urls > 0)
    return dup_both_heading (self);
  if (n_urls > 0)
    return g_strdup_printf (ngettext ("Purge %u URL?", "Purge %u URLs?", n_urls), n_urls);
  if ((self->reasons & PURGE_ASK_ALL_RESOURCES) != 0)
    return g_strdup_printf (ngettext ("Purge All Resources of %u Directory?",
                                      "Purge All Resources of %u Directories?", n), n);

  return g_strdup_printf (ngettext ("Purge %u Directory?", "Purge %u Directories?", n), n);
}

/**
 * purge_question_dup_body:
 * @self: a question
 *
 * Says what would happen and why it is asked: one line a reason, then one line a host.
 *
 * Returns: (transfer full): translated plain text, lines separated by line feeds
 */
char *
purge_question_dup_body (const PurgeQuestion *self)
{
  GString *body;

  g_return_val_if_fail (self != NULL, NULL);

  body = g_string_new (NULL);
  if ((self->reasons & PURGE_ASK_ALL_RESOURCES) != 0)
    append_line (body, g_strdup (_("Everything below is fetched anew from your server, changed or "
                                   "not.")));
  if ((self->reasons & PURGE_ASK_SITE_ROOT) != 0)
    append_line (body, g_strdup (_("A whole site is purged: its visitors reach your server until "
                                   "the CDN has filled again.")));
  append_quota (body, self, PURGE_KIND_DIRECTORY);
  append_quota (body, self, PURGE_KIND_URL);
  if (body->len > 0)
    append_line (body, g_strdup (""));
  append_hosts (body, self);

  return g_string_free (body, FALSE);
}
