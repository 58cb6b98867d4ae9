/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* first-frame COMMAND…: when a program's window shows what it has to show, as the X server saw it; of
 * any program, so that all are measured alike.
 *
 * A picture of the window is kept whenever something was drawn. What it looks like at rest is known
 * when nothing was drawn for a while; its content is what differs from its most common colour (the
 * background). It shows its content from the first picture on in which nine tenths of that are right.
 * GTK's first frame is blank, and is none of these.
 *
 * Prints one line: milliseconds from the start to the content, what the program computed until then,
 * the same to the picture at rest, how much memory is its own then (PSS, KiB), and how many frames
 * there were. */

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/Xdamage.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define REST_MS 1500
#define DEADLINE_MS 60000
#define ENOUGH 0.9
/* A window, and no helper that toolkits have beside it. */
#define SMALLEST 100

typedef struct {
  double   ms;
  double   cpu_ms;
  guint32 *pixels;
} Picture;

static double
get_ms (void)
{
  return g_get_monotonic_time () / 1000.0;
}

/* Of all threads, by the scheduler's own count: ticks would be too coarse. */
static double
get_cpu_ms (GPid pid)
{
  g_autofree char *folder = g_strdup_printf ("/proc/%d/task", pid);
  g_autoptr (GDir) tasks = g_dir_open (folder, 0, NULL);
  const char *name;
  double sum = 0;

  while (tasks != NULL && (name = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, "schedstat", NULL);
      g_autofree char *text = NULL;

      if (g_file_get_contents (path, &text, NULL, NULL))
        sum += g_ascii_strtoull (text, NULL, 10) / 1e6;
    }

  return sum;
}

static guint64
get_pss_kib (GPid pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/smaps_rollup", pid);
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;

  line = strstr (text, "\nPss:");
  return line != NULL ? g_ascii_strtoull (line + strlen ("\nPss:"), NULL, 10) : 0;
}

static void
picture_clear (gpointer data)
{
  g_free (((Picture *) data)->pixels);
}

static void
take_picture (Display *display,
              Window   window,
              GPid     pid,
              double   since,
              GArray  *pictures,
              gsize   *n_pixels)
{
  Picture picture = { .ms = get_ms () - since, .cpu_ms = get_cpu_ms (pid) };
  XWindowAttributes attributes;
  XImage *image;

  XGetWindowAttributes (display, window, &attributes);
  image = XGetImage (display, window, 0, 0, attributes.width, attributes.height, AllPlanes, ZPixmap);
  if (image == NULL || image->bits_per_pixel != 32)
    return;

  *n_pixels = (gsize) image->width * image->height;
  picture.pixels = g_memdup2 (image->data, *n_pixels * sizeof *picture.pixels);
  XDestroyImage (image);
  g_array_append_val (pictures, picture);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

static guint32
find_background (const Picture *picture,
                 gsize          n_pixels)
{
  g_autofree guint32 *sorted = g_memdup2 (picture->pixels, n_pixels * sizeof *sorted);
  guint32 best = 0;
  gsize n_best = 0;

  qsort (sorted, n_pixels, sizeof *sorted, compare);
  for (gsize i = 0, begin = 0; i <= n_pixels; i++)
    if (i == n_pixels || sorted[i] != sorted[begin])
      {
        if (i - begin > n_best)
          {
            n_best = i - begin;
            best = sorted[begin];
          }
        begin = i;
      }

  return best;
}

/* How much of the content of the last picture is in another one. */
static double
get_share (const Picture *picture,
           const Picture *last,
           guint32        background,
           gsize          n_pixels)
{
  gsize n_content = 0, n_right = 0;

  for (gsize i = 0; i < n_pixels; i++)
    if (last->pixels[i] != background)
      {
        n_content++;
        n_right += picture->pixels[i] == last->pixels[i];
      }

  return n_content > 0 ? (double) n_right / n_content : 1;
}

static const Picture *
find_first (GArray  *pictures,
            double   share,
            guint32  background,
            gsize    n_pixels)
{
  const Picture *last = &g_array_index (pictures, Picture, pictures->len - 1);

  for (guint i = 0; i < pictures->len; i++)
    if (get_share (&g_array_index (pictures, Picture, i), last, background, n_pixels) >= share)
      return &g_array_index (pictures, Picture, i);

  return last;
}

static gboolean
is_window (Display *display,
           Window   window)
{
  XWindowAttributes attributes;

  return XGetWindowAttributes (display, window, &attributes) && attributes.width > SMALLEST &&
         attributes.height > SMALLEST;
}

/* Until nothing was drawn for a while. All events of one moment are one frame. */
static gsize
watch (Display *display,
       int      damage_event,
       GPid     pid,
       double   since,
       GArray  *pictures)
{
  Window window = None;
  double last = since;
  gsize n_pixels = 0;

  while (get_ms () - since < DEADLINE_MS && (pictures->len == 0 || get_ms () - last < REST_MS))
    {
      gboolean drawn = FALSE;
      struct pollfd poll_fd = { ConnectionNumber (display), POLLIN, 0 };

      while (XPending (display))
        {
          XEvent event;

          XNextEvent (display, &event);
          if (event.type == MapNotify && window == None && is_window (display, event.xmap.window))
            {
              window = event.xmap.window;
              XDamageCreate (display, window, XDamageReportRawRectangles);
              drawn = TRUE;
            }
          else if (event.type == damage_event + XDamageNotify)
            drawn = TRUE;
        }

      if (drawn)
        {
          last = get_ms ();
          take_picture (display, window, pid, since, pictures, &n_pixels);
        }
      else
        poll (&poll_fd, 1, 20);
    }

  return n_pixels;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GArray) pictures = g_array_new (FALSE, TRUE, sizeof (Picture));
  g_autoptr (GError) error = NULL;
  Display *display = XOpenDisplay (NULL);
  int damage_event, damage_error;
  const Picture *first, *rest;
  guint32 background;
  gsize n_pixels;
  double since;
  GPid pid;

  if (argc < 2 || display == NULL || !XDamageQueryExtension (display, &damage_event, &damage_error))
    return 2;

  g_array_set_clear_func (pictures, picture_clear);
  XSelectInput (display, DefaultRootWindow (display), SubstructureNotifyMask);
  XSync (display, False);

  since = get_ms ();
  if (!g_spawn_async (NULL, argv + 1, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, NULL,
                      NULL, &pid, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }

  n_pixels = watch (display, damage_event, pid, since, pictures);
  if (pictures->len > 0)
    {
      background = find_background (&g_array_index (pictures, Picture, pictures->len - 1), n_pixels);
      first = find_first (pictures, ENOUGH, background, n_pixels);
      rest = find_first (pictures, 1, background, n_pixels);
      g_print ("%.1f %.1f %.1f %.1f %" G_GUINT64_FORMAT " %u\n", first->ms, first->cpu_ms, rest->ms,
               rest->cpu_ms, get_pss_kib (pid), pictures->len);
    }

  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
  return pictures->len > 0 ? 0 : 1;
}
