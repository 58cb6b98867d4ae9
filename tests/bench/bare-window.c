/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A window that shows as much as ours with a list, and has nothing behind it: what costs that can be seen.
 * Its list is what a textbook of GTK would have, a label and three buttons a row, and as long as what ours
 * makes for the first frame; it loads the same libraries. */

#include <adwaita.h>

#define N_ROWS 40

static const char ui[] =
  "<interface>"
  "  <object class='GtkBox' id='content'>"
  "    <property name='orientation'>vertical</property>"
  "    <child>"
  "      <object class='AdwHeaderBar'>"
  "        <child type='end'>"
  "          <object class='GtkMenuButton'>"
  "            <property name='icon-name'>open-menu-symbolic</property>"
  "          </object>"
  "        </child>"
  "      </object>"
  "    </child>"
  "    <child>"
  "      <object class='GtkBox'>"
  "        <property name='homogeneous'>1</property>"
  "        <property name='vexpand'>1</property>"
  "        <child>"
  "          <object class='GtkBox'>"
  "            <property name='orientation'>vertical</property>"
  "            <child>"
  "              <object class='GtkBox'>"
  "                <property name='spacing'>6</property>"
  "                <property name='margin-top'>9</property>"
  "                <property name='margin-bottom'>9</property>"
  "                <property name='margin-start'>12</property>"
  "                <property name='margin-end'>12</property>"
  "                <child>"
  "                  <object class='GtkEntry'>"
  "                    <property name='hexpand'>1</property>"
  "                    <property name='placeholder-text'>https://www.example.com/news/</property>"
  "                  </object>"
  "                </child>"
  "                <child>"
  "                  <object class='GtkButton'><property name='icon-name'>list-add-symbolic</property></object>"
  "                </child>"
  "                <child>"
  "                  <object class='GtkButton'><property name='icon-name'>edit-paste-symbolic</property></object>"
  "                </child>"
  "                <child>"
  "                  <object class='GtkButton'>"
  "                    <property name='icon-name'>format-justify-left-symbolic</property>"
  "                  </object>"
  "                </child>"
  "                <child>"
  "                  <object class='GtkMenuButton'><property name='icon-name'>view-more-symbolic</property></object>"
  "                </child>"
  "              </object>"
  "            </child>"
  "            <child>"
  "              <object class='GtkScrolledWindow'>"
  "                <property name='hscrollbar-policy'>never</property>"
  "                <property name='vexpand'>1</property>"
  "                <child><object class='GtkListView' id='view'/></child>"
  "              </object>"
  "            </child>"
  "            <child>"
  "              <object class='GtkBox'>"
  "                <property name='orientation'>vertical</property>"
  "                <property name='spacing'>6</property>"
  "                <property name='margin-top'>9</property>"
  "                <property name='margin-bottom'>12</property>"
  "                <property name='margin-start'>12</property>"
  "                <property name='margin-end'>12</property>"
  "                <child>"
  "                  <object class='GtkLabel'>"
  "                    <property name='xalign'>0</property>"
  "                    <property name='label'>100 directories · 5 requests · 100 of 100 left today</property>"
  "                  </object>"
  "                </child>"
  "                <child><object class='GtkLevelBar'><property name='value'>1</property></object></child>"
  "                <child>"
  "                  <object class='GtkBox'>"
  "                    <child>"
  "                      <object class='GtkDropDown'>"
  "                        <property name='model'>"
  "                          <object class='GtkStringList'><items><item>Updated resources</item></items></object>"
  "                        </property>"
  "                      </object>"
  "                    </child>"
  "                    <child>"
  "                      <object class='GtkButton'>"
  "                        <property name='label'>Purge 100</property>"
  "                        <property name='hexpand'>1</property>"
  "                        <property name='halign'>end</property>"
  "                        <style><class name='suggested-action'/></style>"
  "                      </object>"
  "                    </child>"
  "                  </object>"
  "                </child>"
  "              </object>"
  "            </child>"
  "          </object>"
  "        </child>"
  "        <child>"
  "          <object class='AdwStatusPage'>"
  "            <property name='icon-name'>document-send-symbolic</property>"
  "            <property name='title'>Nothing Sent Yet</property>"
  "            <property name='description'>What the server answers for each directory will be here.</property>"
  "            <style><class name='compact'/></style>"
  "          </object>"
  "        </child>"
  "      </object>"
  "    </child>"
  "  </object>"
  "</interface>";

static GtkWidget *
create_button (const char *icon_name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (button, "flat");
  return button;
}

static void
on_setup_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *address = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (address), 0);
  gtk_widget_set_hexpand (address, TRUE);
  gtk_box_append (GTK_BOX (row), create_button ("folder-symbolic"));
  gtk_box_append (GTK_BOX (row), address);
  gtk_box_append (GTK_BOX (row), create_button ("document-edit-symbolic"));
  gtk_box_append (GTK_BOX (row), create_button ("user-trash-symbolic"));
  gtk_list_item_set_child (item, row);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory,
            GtkListItem              *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  GtkWidget *address = gtk_widget_get_next_sibling (gtk_widget_get_first_child (row));

  gtk_label_set_label (GTK_LABEL (address),
                       gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static void
fill (GtkListView *view)
{
  GtkStringList *list = gtk_string_list_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), NULL);
  for (guint i = 0; i < N_ROWS; i++)
    gtk_string_list_take (list, g_strdup_printf ("https://www.example.com/section-%u/archive/", i));
  gtk_list_view_set_model (view, GTK_SELECTION_MODEL (gtk_multi_selection_new (G_LIST_MODEL (list))));
  gtk_list_view_set_factory (view, factory);
  gtk_list_view_set_show_separators (view, TRUE);
  g_object_unref (factory);
}

static void
on_activate_cb (GtkApplication *application)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_string (ui, -1);
  GtkWidget *window = adw_application_window_new (application);

  gtk_window_set_title (GTK_WINDOW (window), "CDN Purge");
  gtk_window_set_default_size (GTK_WINDOW (window), 1040, 720);
  fill (GTK_LIST_VIEW (gtk_builder_get_object (builder, "view")));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window),
                                      GTK_WIDGET (gtk_builder_get_object (builder, "content")));
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (AdwApplication) application =
    adw_application_new ("io.github.cdn_purge.BareWindow", G_APPLICATION_DEFAULT_FLAGS);

  g_signal_connect (application, "activate", G_CALLBACK (on_activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
