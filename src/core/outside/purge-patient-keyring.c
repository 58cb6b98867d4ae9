/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Waiting for a keyring. Knows that a program must answer in time and that a person need not, and
 * that a person is asked one question at a time; does not know what is asked, or how. */

#define G_LOG_DOMAIN "purge-patient-keyring"

#include "config.h"

#include "purge-patient-keyring.h"

#include "purge-keyring.h"

#define DEFAULT_DEADLINE_MS 10000

typedef struct
{
  guint      deadline_ms;
  guint      n_waiting;  /* how many tasks wait for a person */
  GPtrArray *question;   /* PurgeCall, one a task that waits or has waited; NULL where none is open */
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
  count_waiting (g_task_get_source_object (task), -1);
  purge_patient_keyring_give_up (task);
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
 * purge_patient_keyring_wait:
 * @task: (transfer full): a task
 * @ended: how it goes on
 * @given_up: what it does where the answer does not come in time, or somebody cancels it
 *
 * Begins to wait for an answer that no person has to give.
 *
 * Returns: (transfer full): for purge_call_ready_cb()
 */
PurgeCall *
purge_patient_keyring_wait (GTask            *task,
                            PurgeCallEnded    ended,
                            PurgeCallGivenUp  given_up)
{
  PurgePatientKeyringPrivate *priv = get_private (g_task_get_source_object (task));

  return purge_call_new (task, priv->deadline_ms, ended, given_up);
}

/**
 * purge_patient_keyring_ask:
 * @task: (transfer full): a task
 *
 * Begins to wait for a person, without a deadline. While a question is open, though nobody may be
 * left who waits for it, its answer is waited for, and no other is put.
 *
 * Returns: whether the caller has to put the question. Its answer goes to the tasks that
 *   purge_patient_keyring_take_waiters() gives
 */
gboolean
purge_patient_keyring_ask (GTask *task)
{
  PurgePatientKeyring *self = g_task_get_source_object (task);
  PurgePatientKeyringPrivate *priv = get_private (self);
  gboolean is_new = priv->question == NULL;

  if (is_new)
    priv->question = g_ptr_array_new ();

  g_ptr_array_add (priv->question, purge_call_new (task, 0, NULL, give_up_person));
  count_waiting (self, 1);
  return is_new;
}

/**
 * purge_patient_keyring_take_waiters:
 * @self: a keyring
 *
 * Ends the question that is open.
 *
 * Returns: (transfer full) (element-type GTask): the tasks that still wait for its answer; each is to
 *   be gone on with
 */
GPtrArray *
purge_patient_keyring_take_waiters (PurgePatientKeyring *self)
{
  g_autoptr (GPtrArray) question = g_steal_pointer (&get_private (self)->question);
  GPtrArray *tasks = g_ptr_array_new ();

  for (guint i = 0; i < question->len; i++)
    {
      GTask *task = purge_call_end (question->pdata[i]);

      if (task != NULL)
        g_ptr_array_add (tasks, task);
    }

  count_waiting (self, -(int) tasks->len);
  return tasks;
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
 * @detail: (nullable): see purge_keyring_trouble_to_error()
 *
 * Ends a task.
 */
void
purge_patient_keyring_fail (GTask               *task,
                            PurgeKeyringTrouble  trouble,
                            const char          *detail)
{
  g_task_return_error (task, purge_keyring_trouble_to_error (trouble, detail));
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
