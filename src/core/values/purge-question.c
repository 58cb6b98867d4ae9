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

static GPtrArray *
count_sites (const char * const *urls)
{
  GPtrArray *sites = g_ptr_array_new_with_free_func (site_free);
  g_autoptr (GHashTable) by_host = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; urls[i] != NULL; i++)
    {
      Site *site = find_site (sites, by_host, urls[i]);

      site->count++;
      site->has_root = site->has_root || purge_directory_is_root (urls[i]);
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
  self->roots = g_new0 (gboolean, sites->len + 1);
  for (guint i = 0; i < sites->len; i++)
    {
      Site *site = sites->pdata[i];

      self->hosts[i] = g_steal_pointer (&site->host);
      self->counts[i] = site->count;
      self->roots[i] = site->has_root;
    }
}

static PurgeAsk
find_reasons (const PurgeQuestion *self,
              PurgeMode            mode)
{
  PurgeAsk reasons = PURGE_ASK_NOT;

  if (self->n_directories == 0)
    return PURGE_ASK_NOT;

  if (mode == PURGE_MODE_ALL)
    reasons |= PURGE_ASK_ALL_RESOURCES;
  if (self->roots[0])
    reasons |= PURGE_ASK_SITE_ROOT;
  if (self->n_directories > self->quota_left / 2.0)
    reasons |= PURGE_ASK_HALF_OF_QUOTA;
  if (self->n_directories > PURGE_ASK_MANY_DIRECTORIES)
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

static void
append_quota (GString             *body,
              const PurgeQuestion *self)
{
  if (self->n_directories > self->quota_left)
    append_line (body, g_strdup_printf (ngettext ("Only %u directory is left today, by this "
                                                  "computer’s count.",
                                                  "Only %u directories are left today, by this "
                                                  "computer’s count.", self->quota_left),
                                        self->quota_left));
  else
    /* Translators: the first number is how many would be sent, the second how many may still be
     * sent today. */
    append_line (body, g_strdup_printf (_("This takes %u of the %u directories left today."),
                                        self->n_directories, self->quota_left));
}

static void
append_host (GString             *body,
             const PurgeQuestion *self,
             guint                index)
{
  guint n = self->counts[index];

  if (self->roots[index])
    /* Translators: a host, and how many directories of it would be purged, the site's root among
     * them. */
    append_line (body, g_strdup_printf (ngettext ("%s – %u directory: the whole site",
                                                  "%s – %u directories, the whole site among them",
                                                  n), self->hosts[index], n));
  else
    /* Translators: a host, and how many directories of it would be purged. */
    append_line (body, g_strdup_printf (ngettext ("%s – %u directory", "%s – %u directories", n),
                                        self->hosts[index], n));
}

static void
append_hosts (GString             *body,
              const PurgeQuestion *self)
{
  guint i;
  guint left;

  for (i = 0; self->hosts[i] != NULL && (i < MAX_HOSTS_SHOWN || self->roots[i]); i++)
    append_host (body, self, i);

  left = g_strv_length (self->hosts + i);
  if (left > 0)
    append_line (body, g_strdup_printf (ngettext ("… and %u more host", "… and %u more hosts",
                                                  left), left));
}

/**
 * purge_question_new:
 * @urls: (array zero-terminated=1): the directories, none of which has a problem
 * @mode: what of them would be purged
 * @batch_limit: how many directories the API takes in one request, at least 1
 * @quota_left: how many directories are left today, by this computer's count
 *
 * Decides whether a submission is asked about: all resources, the root of a site, more than half of
 * what is left today, or more than %PURGE_ASK_MANY_DIRECTORIES directories.
 *
 * Returns: (transfer full): the question; its reasons are %PURGE_ASK_NOT where it need not be asked
 */
PurgeQuestion *
purge_question_new (const char * const *urls,
                    PurgeMode           mode,
                    guint               batch_limit,
                    guint               quota_left)
{
  g_autoptr (GPtrArray) sites = NULL;
  PurgeQuestion *self;

  g_return_val_if_fail (urls != NULL, NULL);
  g_return_val_if_fail (batch_limit > 0, NULL);

  sites = count_sites (urls);
  self = g_new0 (PurgeQuestion, 1);
  self->n_directories = g_strv_length ((GStrv) urls);
  self->n_requests = (self->n_directories + batch_limit - 1) / batch_limit;
  self->quota_left = quota_left;
  keep_sites (self, sites);
  self->reasons = find_reasons (self, mode);

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
  g_free (self->roots);
  g_free (self);
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
  g_return_val_if_fail (self != NULL, NULL);

  if ((self->reasons & PURGE_ASK_ALL_RESOURCES) != 0)
    return g_strdup_printf (ngettext ("Purge All Resources of %u Directory?",
                                      "Purge All Resources of %u Directories?",
                                      self->n_directories), self->n_directories);

  return g_strdup_printf (ngettext ("Purge %u Directory?", "Purge %u Directories?",
                                    self->n_directories), self->n_directories);
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
  if ((self->reasons & PURGE_ASK_HALF_OF_QUOTA) != 0)
    append_quota (body, self);
  if (body->len > 0)
    append_line (body, g_strdup (""));
  append_hosts (body, self);

  return g_string_free (body, FALSE);
}
