import { createBrowserRouter, Outlet, ScrollRestoration, type RouteObject } from 'react-router';
import { loadTexts, type Namespace } from './i18n/i18n';
import type { Right } from './session/roles';
import { CrashPage } from './shell/crash-page';
import { GuestGate, InvitationGate, PasswordGate } from './shell/gates';
import { Splash } from './shell/splash';

type Module = { Component: React.ComponentType };

/** A page with its texts: both load before the old page leaves the screen. */
const page =
  (load: () => Promise<Module>, ...namespaces: Namespace[]): RouteObject['lazy'] =>
  async () => {
    const [module] = await Promise.all([load(), loadTexts(namespaces)]);
    return { Component: module.Component };
  };

const area = (right: Right, children: RouteObject[]): RouteObject => ({
  lazy: async () => {
    const { Allowed } = await import('./shell/allowed');
    return { element: <Allowed right={right} /> };
  },
  children,
});

export const routes: RouteObject[] = [
  {
    element: (
      <>
        <ScrollRestoration />
        <Outlet />
      </>
    ),
    errorElement: <CrashPage />,
    HydrateFallback: Splash,
    children: [
      {
        path: 'unsubscribe/:token',
        lazy: page(() => import('./features/notifications/unsubscribe-page'), 'session'),
      },
      {
        element: <GuestGate />,
        children: [
          { path: 'sign-in', lazy: page(() => import('./features/sign-in/sign-in-page'), 'session') },
        ],
      },
      {
        element: <InvitationGate />,
        children: [
          {
            path: 'invitation',
            lazy: page(() => import('./features/invitation/invitation-page'), 'session'),
          },
        ],
      },
      {
        element: <PasswordGate />,
        children: [
          {
            path: 'first-password',
            lazy: page(() => import('./features/password/first-password-page'), 'session'),
          },
        ],
      },
      {
        lazy: page(() => import('./shell/signed-in'), 'account', 'diary'),
        children: [
          { index: true, lazy: page(() => import('./features/home/home-page')) },
          {
            path: 'account/sessions',
            lazy: page(() => import('./features/my-sessions/my-sessions-page'), 'session'),
          },
          {
            path: 'account/password',
            lazy: page(() => import('./features/password/change-password-page'), 'session'),
          },
          { path: 'diary', lazy: page(() => import('./features/diary/own-diary-page')) },
          { path: 'diary/:studentId', lazy: page(() => import('./features/diary/diary-page')) },
          { path: 'diary/:studentId/marks', lazy: page(() => import('./features/diary/marks-page')) },
          area('notify', [
            {
              path: 'account/notifications',
              lazy: page(() => import('./features/notifications/settings-page'), 'family', 'session'),
            },
          ]),
          { path: 'more', lazy: page(() => import('./features/family/more-page'), 'family') },
          area('teach', [
            {
              path: 'lessons',
              lazy: page(() => import('./features/teacher-day/teacher-day-page'), 'journal'),
            },
          ]),
          area('readJournals', [
            { path: 'journal', lazy: page(() => import('./features/journal/journals-page'), 'journal') },
            {
              path: 'journal/lessons/:lessonId',
              lazy: page(() => import('./features/journal/lesson-page'), 'journal'),
            },
            {
              path: 'journal/:groupId',
              lazy: page(() => import('./features/journal/journal-page'), 'journal'),
            },
            {
              path: 'journal/:groupId/plan',
              lazy: page(() => import('./features/journal/plan/plan-page'), 'journal'),
            },
          ]),
          area('oversee', [
            {
              path: 'missing',
              lazy: page(() => import('./features/oversight/missing-page'), 'oversight', 'journal'),
            },
          ]),
          area('oversee', [
            {
              path: 'openings',
              lazy: page(() => import('./features/openings/openings-page'), 'oversight', 'journal'),
            },
          ]),
          area('followAbsences', [
            {
              path: 'absences',
              lazy: page(() => import('./features/oversight/absences-page'), 'oversight', 'journal'),
            },
          ]),
          area('orderReports', [
            { path: 'reports', lazy: page(() => import('./features/reports/reports-page'), 'reports') },
          ]),
          area('followDeliveries', [
            {
              path: 'deliveries',
              lazy: page(() => import('./features/deliveries/deliveries-page'), 'deliveries'),
            },
          ]),
          area('seeConsents', [
            {
              path: 'deliveries/consents',
              lazy: page(() => import('./features/deliveries/consents-page'), 'deliveries'),
            },
          ]),
          area('listPeople', [
            { path: 'people', lazy: page(() => import('./features/people/people-page'), 'people', 'slips') },
          ]),
          area('listClasses', [
            { path: 'classes', lazy: page(() => import('./features/classes/classes-page'), 'classes') },
            {
              path: 'classes/:classId',
              lazy: page(() => import('./features/classes/class-page'), 'classes'),
            },
            {
              path: 'classes/:classId/invitations',
              lazy: page(() => import('./features/classes/class-invitations-page'), 'classes', 'slips'),
            },
          ]),
          area('exchange', [
            { path: 'exchange', lazy: page(() => import('./features/exchange/exchange-page'), 'exchange') },
            { path: 'exchange/:jobId', lazy: page(() => import('./features/exchange/job-page'), 'exchange') },
            { path: 'schools', lazy: page(() => import('./features/schools/schools-page'), 'region') },
            { path: 'systems', lazy: page(() => import('./features/systems/systems-page'), 'region') },
          ]),
          area('operate', [
            {
              path: 'operations/parked-facts',
              lazy: page(() => import('./features/operations/parked-facts-page'), 'operations'),
            },
          ]),
          { path: '*', lazy: page(() => import('./shell/not-found-page')) },
        ],
      },
    ],
  },
];

export const router = createBrowserRouter(routes);
