/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Waiting for a keyring on the session bus. Knows that a program must answer in time and that a person
 * need not, and that a person is asked one question at a time; does not know what is asked, or how. */

#define G_LOG_DOMAIN "purge-patient-keyring"

#include "config.h"

#include "purge-patient-keyring.h"

#include "purge-keyring.h"

#define DEFAULT_DEADLINE_MS 10000

typedef struct
{
  guint         deadline_ms;
  guint         n_waiting;  /* how many tasks wait for a person */

  /* The question that is open, if one is. */
  GPtrArray    *waiters;    /* PurgeWait, one a task that waits or has waited for the answer */
  GCancellable *lost;       /* cancelled where no answer will come, or is wanted */
  guint         watch;      /* of whoever asks it */
  gboolean      outlives;   /* those who wait for it */
} PurgePatientKeyringPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PurgePatientKeyring, purge_patient_keyring, G_TYPE_OBJECT)

typedef enum {
  PROP_DEADLINE_MS = 1,
  PROP_WAITING,
} PurgePatientKeyringProperty;

static GParamSpec *properties[PROP_WAITING + 1];

static PurgePatientKeyringPrivate *
get_private (gpointer self)
{
  return purge_patient_keyring_get_instance_private (self);
}

static void
count_waiting (PurgePatientKeyring *self,
               int                  change)
{
  PurgePatientKeyringPrivate *priv = get_private (self);
  gboolean before = priv->n_waiting > 0;

  priv->n_waiting += change;
  if (before != (priv->n_waiting > 0))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING]);
}

static void
give_up_person (GTask *task)
{
  PurgePatientKeyring *self = g_task_get_source_object (task);
  PurgePatientKeyringPrivate *priv = get_private (self);

  count_waiting (self, -1);
  if (priv->n_waiting == 0 && !priv->outlives)
    g_cancellable_cancel (priv->lost);
  purge_patient_keyring_give_up (task);
}

static void
on_asker_vanished_cb (GDBusConnection *bus,
                      const char      *name,
                      gpointer         user_data)
{
  g_cancellable_cancel (user_data);
}

/* No answer will come: the next search says what there is now. */
static void
lose_question (GTask *question)
{
  purge_patient_keyring_answer (question, TRUE, PURGE_KEYRING_STAYED_LOCKED, NULL);
}

static void
on_bus (GTask        *task,
        GObject      *source,
        GAsyncResult *result)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus == NULL)
    {
      purge_patient_keyring_fail (task, PURGE_KEYRING_NO_BUS, NULL);
      return;
    }

  /* The end of the session must not tear a purge that is under way. */
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  PURGE_PATIENT_KEYRING_GET_CLASS (g_task_get_source_object (task))->search (task);
}

static void
purge_patient_keyring_get_property (GObject    *object,
                                    guint       prop_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  PurgePatientKeyringPrivate *priv = get_private (object);

  switch ((PurgePatientKeyringProperty) prop_id)
    {
    case PROP_DEADLINE_MS:
      g_value_set_uint (value, priv->deadline_ms);
      break;
    case PROP_WAITING:
      g_value_set_boolean (value, priv->n_waiting > 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
purge_patient_keyring_set_property (GObject      *object,
                                    guint         prop_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  PurgePatientKeyringPrivate *priv = get_private (object);

  switch ((PurgePatientKeyringProperty) prop_id)
    {
    case PROP_DEADLINE_MS:
      priv->deadline_ms = g_value_get_uint (value);
      break;
    case PROP_WAITING:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
purge_patient_keyring_class_init (PurgePatientKeyringClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = purge_patient_keyring_get_property;
  object_class->set_property = purge_patient_keyring_set_property;

  properties[PROP_DEADLINE_MS] =
    g_param_spec_uint ("deadline-ms", NULL, NULL, 1, G_MAXUINT, DEFAULT_DEADLINE_MS,
                       G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_WAITING] =
    g_param_spec_boolean ("waiting", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
purge_patient_keyring_init (PurgePatientKeyring *self)
{
}

/**
 * purge_patient_keyring_connect:
 * @task: (transfer full): a task
 *
 * Begins a task as soon as the session bus is there.
 */
void
purge_patient_keyring_connect (GTask *task)
{
  g_bus_get (G_BUS_TYPE_SESSION, NULL, purge_wait_ready_cb,
             purge_patient_keyring_wait (task, on_bus, purge_patient_keyring_give_up));
}

/**
 * purge_patient_keyring_wait:
 * @task: (transfer full): a task
 * @ended: how it goes on
 * @given_up: what it does where the answer does not come in time, or somebody cancels it
 *
 * Begins to wait for an answer that no person has to give.
 *
 * Returns: (transfer full): for purge_wait_ready_cb()
 */
PurgeWait *
purge_patient_keyring_wait (GTask            *task,
                            PurgeWaitEnded    ended,
                            PurgeWaitGivenUp  given_up)
{
  PurgePatientKeyringPrivate *priv = get_private (g_task_get_source_object (task));

  return purge_wait_new (task, priv->deadline_ms, ended, given_up);
}

/**
 * purge_patient_keyring_ask:
 * @task: (transfer full): a task
 * @bus_name: who asks the person
 * @outlives: whether the question stays open when no task waits for its answer any longer
 * @ended: called with the question, a task of its own, when the person has answered; it calls
 *   purge_patient_keyring_answer()
 *
 * Begins to wait for a person, without a deadline. One question is open at a time: while one is, its
 * answer is waited for and no other is put. Where @bus_name vanishes from the bus, libsecret may
 * never call back; the question then is lost, and all who wait for it search again.
 *
 * Returns: (transfer full) (nullable): for purge_wait_ready_cb() of the call that asks the person, or
 *   %NULL where a question is open already
 */
PurgeWait *
purge_patient_keyring_ask (GTask          *task,
                           const char     *bus_name,
                           gboolean        outlives,
                           PurgeWaitEnded  ended)
{
  PurgePatientKeyring *self = g_task_get_source_object (task);
  PurgePatientKeyringPrivate *priv = get_private (self);
  gboolean is_new = priv->waiters == NULL;

  if (is_new)
    {
      priv->waiters = g_ptr_array_new ();
      priv->lost = g_cancellable_new ();
      priv->outlives = outlives;
      priv->watch = g_bus_watch_name (G_BUS_TYPE_SESSION, bus_name, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                      NULL, on_asker_vanished_cb,
                                      g_object_ref (priv->lost), g_object_unref);
    }

  g_ptr_array_add (priv->waiters, purge_wait_new (task, 0, NULL, give_up_person));
  count_waiting (self, 1);

  if (!is_new)
    return NULL;

  return purge_wait_new (g_task_new (self, priv->lost, NULL, NULL), 0, ended, lose_question);
}

/* Closes the question; gives the tasks that still wait for its answer. */
static GPtrArray *
take_waiters (PurgePatientKeyring *self)
{
  PurgePatientKeyringPrivate *priv = get_private (self);
  g_autoptr (GPtrArray) waiters = g_steal_pointer (&priv->waiters);
  GPtrArray *tasks = g_ptr_array_new ();

  g_clear_object (&priv->lost);
  g_clear_handle_id (&priv->watch, g_bus_unwatch_name);
  for (guint i = 0; i < waiters->len; i++)
    {
      GTask *task = purge_wait_end (waiters->pdata[i]);

      if (task != NULL)
        g_ptr_array_add (tasks, task);
    }

  count_waiting (self, -(int) tasks->len);
  return tasks;
}

/**
 * purge_patient_keyring_answer:
 * @question: (transfer full): a question that has ended
 * @agreed: whether the person did what was asked
 * @otherwise: what is wrong if not
 * @error: (nullable): what the keyring said if not
 *
 * Goes on with all tasks that still wait for the answer: they search again, or fail.
 */
void
purge_patient_keyring_answer (GTask               *question,
                              gboolean             agreed,
                              PurgeKeyringTrouble  otherwise,
                              const GError        *error)
{
  PurgePatientKeyring *self = g_task_get_source_object (question);
  PurgePatientKeyringClass *klass = PURGE_PATIENT_KEYRING_GET_CLASS (self);
  g_autoptr (GPtrArray) tasks = take_waiters (self);

  for (guint i = 0; i < tasks->len; i++)
    if (agreed)
      klass->search (tasks->pdata[i]);
    else if (error != NULL)
      klass->fail (tasks->pdata[i], error);
    else
      purge_patient_keyring_fail (tasks->pdata[i], otherwise, NULL);

  g_object_unref (question);
}

/**
 * purge_patient_keyring_commit:
 * @task: a task; taken where the answer is %FALSE
 *
 * Passes the point of no return: what comes now changes the keyring, so the task ends with what
 * became of that, and not with the news that somebody wished it had not begun.
 *
 * Returns: whether the task may go on; otherwise it was cancelled before and has ended
 */
gboolean
purge_patient_keyring_commit (GTask *task)
{
  if (g_task_get_check_cancellable (task) && g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return FALSE;
    }

  g_task_set_check_cancellable (task, FALSE);
  return TRUE;
}

/**
 * purge_patient_keyring_give_up:
 * @task: (transfer full): a task that does not wait any longer
 *
 * Ends a task as cancelled, or because the keyring is silent.
 */
void
purge_patient_keyring_give_up (GTask *task)
{
  if (g_task_get_check_cancellable (task) && g_task_return_error_if_cancelled (task))
    g_object_unref (task);
  else
    purge_patient_keyring_fail (task, PURGE_KEYRING_SILENT, NULL);
}

/**
 * purge_patient_keyring_fail:
 * @task: (transfer full): a task
 * @trouble: what is wrong
 * @cause: (nullable): the error that showed it
 *
 * Ends a task.
 */
void
purge_patient_keyring_fail (GTask               *task,
                            PurgeKeyringTrouble  trouble,
                            const GError        *cause)
{
  g_task_return_error (task, purge_keyring_trouble_to_error (trouble, cause));
  g_object_unref (task);
}

/**
 * purge_patient_keyring_succeed:
 * @task: (transfer full): a task that has changed the keyring
 *
 * Ends a task.
 */
void
purge_patient_keyring_succeed (GTask *task)
{
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}
