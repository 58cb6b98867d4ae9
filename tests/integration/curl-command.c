/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* curl-command API ENDPOINT FORM SIGNATURE KIND MODE AREA URL…: prints the command that the window
 * copies, for a shell to run. */

#include "purge-curl.h"
#include "purge-enum.h"

static int
choose (GType       type,
        const char *nick)
{
  int value;

  if (!purge_enum_from_nick (type, nick, &value))
    g_error ("What is %s?", nick);

  return value;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (PurgeEndpoint) endpoint = NULL;
  g_autoptr (PurgeApi) api = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *command = NULL;
  PurgeCall call = { 0 };

  g_assert_cmpint (argc, >, 8);
  endpoint = purge_endpoint_parse (argv[2], &error);
  g_assert_no_error (error);
  api = purge_api_new (choose (PURGE_TYPE_API_KIND, argv[1]), endpoint,
                       choose (PURGE_TYPE_FORM, argv[3]),
                       choose (PURGE_TYPE_SIGNATURE_METHOD, argv[4]));
  call.kind = choose (PURGE_TYPE_KIND, argv[5]);
  call.mode = choose (PURGE_TYPE_MODE, argv[6]);
  call.area = choose (PURGE_TYPE_AREA, argv[7]);
  call.urls = (const char * const *) argv + 8;

  command = purge_curl_dup_command (api, &call, &error);
  g_assert_no_error (error);
  g_print ("%s\n", command);

  return 0;
}
