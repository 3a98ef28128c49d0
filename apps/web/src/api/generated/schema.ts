/* Generated from the contracts by tools/generate.mjs. */
export interface paths {
  '/api/v1/operations/parked-facts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Facts that services could not handle and have put aside, of all services
     * @description Who may: regional-operator (region); administrator (own schools).
     */
    get: operations['listParkedFacts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/operations/parked-facts/redrive': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Handle again what was put aside of one aggregate, in its order and in one transaction
     * @description Who may: regional-operator (region); administrator (own schools).
     *
     *     Errors: `messaging.parked-fact-not-found`, `operations.unknown-service`, `messaging.still-failing`.
     */
    post: operations['redriveParkedFact'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/operations/parked-facts/discard': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give up a fact that can never be handled, such as one that cannot be read
     * @description It is kept with who gave it up, when and why, but is handled no more; facts of the same aggregate wait for it no longer. Once more changes nothing.
     *
     *     Who may: regional-operator (region); administrator (own schools).
     *
     *     Errors: `messaging.parked-fact-not-found`, `operations.unknown-service`.
     */
    post: operations['discardParkedFact'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/v1/rosters/{id}/decision': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Apply or refuse a parked package
     * @description Who may: a regional system with the scope roster.decide (self); regional-operator (region).
     *
     *     Errors: `contingent.roster-job-not-found`, `contingent.roster-not-parked`.
     */
    post: operations['decideParkedRoster'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/v1/rosters/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * State, counts and errors of a roster package
     * @description Who may: a regional system with the scope roster.read (self); regional-operator (region).
     *
     *     Errors: `contingent.roster-job-not-found`.
     */
    get: operations['getRosterJob'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/v1/rosters': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Roster packages, the newest first
     * @description Who may: a regional system with the scope roster.read (self); regional-operator (region).
     */
    get: operations['listRosterJobs'];
    put?: never;
    /**
     * Push a roster package: OneRoster 1.2 CSV in a ZIP (R202)
     * @description The package is checked as a whole before anything is applied; poll the job. The same Idempotency-Key answers with the same job; the same bytes again change nothing.
     *
     *     Who may: a regional system with the scope roster.write (region); regional-operator (region).
     *
     *     Errors: `contingent.too-many-rosters-waiting`, `request.too-many-uploads`, `request.uploads-full`.
     */
    post: operations['submitRoster'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/classes/{classId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A class and its students
     * @description Who may: administrator, director, deputy-head, secretary, homeroom-teacher, group-curator, nurse, social-pedagogue, psychologist, librarian, admission-secretary, additional-education-teacher (own schools); teacher (classes taught).
     *
     *     Errors: `contingent.class-not-found`.
     */
    get: operations['getClass'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/classes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Classes of the school with their class teachers
     * @description Who may: administrator, director, deputy-head, secretary, homeroom-teacher, group-curator, nurse, social-pedagogue, psychologist, librarian, admission-secretary, additional-education-teacher (own schools); teacher (classes taught).
     */
    get: operations['listClasses'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/schools': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Schools: all for the regional operator, one’s own for others
     * @description Who may: regional-operator (region); everybody else who is signed in (own schools).
     */
    get: operations['listSchools'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/v1/timetables': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Replace the weekly timetable of the schools named in a CSV (R99–R104)
     * @description Header `schoolSourcedId,classSourcedId,weekday,lessonNumber,room`, UTF-8. All or nothing: with any error nothing is applied. Lessons that have been held stay; coming ones follow the new timetable. Clashes are reported and do not refuse it. A file that takes more than a tenth of a school’s coming lessons or of its groups with lessons, or moves more than half of them, is held: nothing changes until it is sent again with `confirmedRemovals` of at least `lessonsRemoved`. A dry run counts as the real one does. The system that sent a school’s timetable first keeps it; another system’s rows for that school are errors until a person of the school or the region has uploaded a timetable.
     *
     *     Who may: a regional system with the scope timetable.write (region); regional-operator (region); administrator, deputy-head (own schools).
     *
     *     Errors: `curriculum.timetable-unreadable`.
     */
    post: operations['submitTimetable'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/school-year/days-off': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make a day a day off; its coming lessons are removed (R72)
     * @description Who may: administrator, director, deputy-head (own schools).
     *
     *     Errors: `curriculum.outside-school-year`, `curriculum.day-is-over`.
     */
    post: operations['setDayOff'];
    /**
     * Make a day off a school day again; its lessons are laid by the timetable
     * @description Who may: administrator, director, deputy-head (own schools).
     *
     *     Errors: `curriculum.day-is-over`.
     */
    delete: operations['clearDayOff'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/school-year': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Periods, days off and bells of the running academic year
     * @description Who may: everybody who is signed in (own schools).
     */
    get: operations['getSchoolYear'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/school-year/bells': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Set the bell schedule (R68)
     * @description Who may: administrator, director, deputy-head (own schools).
     *
     *     Errors: `curriculum.bells-overlap`, `curriculum.bell-in-use`, `curriculum.outside-school-year`.
     */
    put: operations['setBells'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/school-year/transfers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Teach on a day by the timetable of another weekday (R72)
     * @description On a weekend, a holiday or in a break too. The day may lie up to three months after the end of the academic year.
     *
     *     Who may: administrator, director, deputy-head (own schools).
     *
     *     Errors: `curriculum.outside-school-year`, `curriculum.day-is-over`.
     */
    post: operations['transferSchoolDay'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/study-groups/{groupId}/thematic-plan': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The thematic plan of a study group
     * @description Who may: administrator, director, deputy-head (own schools); teacher (own groups).
     *
     *     Errors: `curriculum.group-not-found`.
     */
    get: operations['getThematicPlan'];
    put?: never;
    /**
     * Replace the thematic plan of a study group by a spreadsheet (R88–R90)
     * @description Columns by their headings: «Раздел», «Тема», «Домашнее задание», «Контрольная», or as the request says. Only the topic is needed. All or nothing: with any error nothing is applied, and each row that cannot be kept is named. The first plan of a group is applied at once; another is held until the file is sent again with `replacesVersion`; the same plan once more changes nothing. A file that cannot be read at all is refused, `details.fault` says why: `not-a-spreadsheet`, `old-excel` (XLS), `open-document` (ODS), `binary-excel` (XLSB), `protected`, `damaged`, `too-large`, `no-such-sheet`. A teacher may do it for the own groups.
     *
     *     Who may: administrator, deputy-head (own schools); teacher (own groups).
     *
     *     Errors: `curriculum.plan-unreadable`, `curriculum.group-not-found`, `curriculum.plan-changed`, `curriculum.plans-wait`.
     */
    post: operations['importThematicPlan'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/diary/{studentId}/days': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The diary of a pupil: lessons, topics, homework, marks, absences (R149)
     * @description The family sees the own children only (R24, R161); the class teacher the own class, the leadership the school.
     *
     *     Who may: administrator, director, deputy-head (own schools); homeroom-teacher, group-curator (own classes); student (self); guardian (own children).
     *
     *     Errors: `diary.range-too-long`, `diary.student-not-found`.
     */
    get: operations['listDays'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/diary/{studentId}/marks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Marks by subject with averages, for a study period (R146, R163)
     * @description Who may: administrator, director, deputy-head (own schools); homeroom-teacher, group-curator (own classes); student (self); guardian (own children).
     *
     *     Errors: `diary.student-not-found`, `diary.period-not-found`.
     */
    get: operations['listSubjectMarks'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/session': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Sign in
     * @description After several failures the login is locked for a growing time, for where they came from; `details.retryAfter` is in seconds.
     *
     *     Who may: anyone (signing in is how one becomes known).
     *
     *     Errors: `identity.wrong-credentials`, `identity.account-blocked`, `identity.locked-out`, `identity.busy`.
     */
    post: operations['startSession'];
    /**
     * Sign out
     * @description Who may: anyone (signing out must work with an expired access token too).
     */
    delete: operations['endSession'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/session/refresh': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Get a new access token
     * @description The refresh token is used once and replaced. Using it again ends the session: somebody else has a copy. A session idle for longer than the limit of the school is ended (R214).
     *
     *     Who may: anyone (the refresh cookie is the proof).
     *
     *     Errors: `identity.session-ended`, `identity.refresh-token-reused`, `identity.session-idle`.
     */
    post: operations['refreshSession'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Change my password
     * @description All other sessions end; the answer is a new session of this client.
     *
     *     Who may: everybody who is signed in (self).
     *
     *     Errors: `identity.password-too-weak`, `identity.wrong-credentials`, `identity.locked-out`, `identity.busy`.
     */
    post: operations['changePassword'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me/sessions/{sessionId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Sign out one of my sessions
     * @description Who may: everybody who is signed in (self).
     *
     *     Errors: `identity.session-not-found`.
     */
    delete: operations['endOtherSession'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who am I: person, roles, schools, children
     * @description Who may: everybody who is signed in (self).
     */
    get: operations['getMe'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * My open sessions
     * @description Who may: everybody who is signed in (self).
     */
    get: operations['listSessions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/invitations/accept': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make the account an invitation is for, and sign in
     * @description Whoever has an account already gives its login and password: it then stands for the invited person too.
     *
     *     Who may: anyone (the code is the proof).
     *
     *     Errors: `identity.password-too-weak`, `identity.account-blocked`, `identity.invitation-unknown`, `identity.account-exists`, `identity.login-taken`, `identity.join-refused`, `identity.invitation-used`, `identity.invitation-expired`, `identity.locked-out`, `identity.busy`.
     */
    post: operations['acceptInvitation'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/invitations/check': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What an invitation code is for
     * @description Who may: anyone (the holder has no account yet).
     *
     *     Errors: `identity.invitation-unknown`, `identity.invitation-used`, `identity.invitation-expired`.
     */
    post: operations['checkInvitation'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/classes/{classId}/invitations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Issue invitation codes for a class, to print and hand over (R12, R16)
     * @description Earlier unused codes of the same people stop working. A class teacher may do it for the own class only.
     *
     *     Who may: administrator (own schools); homeroom-teacher, group-curator (own classes).
     *
     *     Errors: `identity.class-not-found`.
     */
    post: operations['issueClassInvitations'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/people/{personId}/invitation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Issue an invitation code for one person
     * @description Who may: regional-operator (region); administrator (own schools).
     *
     *     Errors: `identity.person-not-found`, `identity.account-exists`.
     */
    post: operations['issuePersonInvitation'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/people/account-counts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How many people cannot sign in yet, of those list-people shows
     * @description Who may: administrator, director, deputy-head, secretary (own schools); homeroom-teacher, group-curator (own classes).
     */
    get: operations['countAccounts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/people/{personId}/account': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make an account with an initial password (R11, R20)
     * @description Who may: regional-operator (region); administrator (own schools).
     *
     *     Errors: `identity.person-not-found`, `identity.account-exists`, `identity.login-taken`, `identity.busy`.
     */
    post: operations['createAccount'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/people/{personId}/grants': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give a role to a member of staff (R7–R10)
     * @description Who may: regional-operator (region); administrator, director (own schools).
     *
     *     Errors: `identity.person-not-found`, `identity.grant-exists`, `identity.not-staff`.
     */
    post: operations['grantRole'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/people': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * People of the school with their accounts and roles
     * @description A class teacher sees the own class only. The regional operator has to name the school.
     *
     *     Who may: regional-operator (region); administrator, director, deputy-head, secretary (own schools); homeroom-teacher, group-curator (own classes).
     */
    get: operations['listPeople'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/accounts/{accountId}/password-reset': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give a new initial password; all sessions of the account end (R31)
     * @description Not the own account: that is change-password. An account that is of other schools too is the regional operator’s to reset.
     *
     *     Who may: regional-operator (region); administrator (own schools).
     *
     *     Errors: `identity.own-account`, `identity.account-of-other-schools`, `identity.account-not-found`, `identity.busy`.
     */
    post: operations['resetPassword'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/people/{personId}/grants/{grantId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Take back a role given by hand
     * @description Who may: regional-operator (region); administrator, director (own schools).
     *
     *     Errors: `identity.own-account`, `identity.person-not-found`, `identity.grant-not-found`, `identity.grant-follows-roster`.
     */
    delete: operations['revokeRole'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/accounts/{accountId}/blocked': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Block an account or lift the block; blocking ends its sessions
     * @description An account that is of other schools too is the regional operator’s to block.
     *
     *     Who may: regional-operator (region); administrator (own schools).
     *
     *     Errors: `identity.own-account`, `identity.account-of-other-schools`, `identity.account-not-found`.
     */
    put: operations['setAccountBlocked'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/clients': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Registered regional systems
     * @description Who may: regional-operator (region).
     */
    get: operations['listClients'];
    put?: never;
    /**
     * Register a regional system
     * @description Who may: regional-operator (region).
     */
    post: operations['registerClient'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/oauth/token': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Access token for a regional system
     * @description The client’s id and secret come by HTTP Basic or as parameters, never both ways. Parameters that are not named here are ignored.
     *
     *     Who may: anyone (the client secret is the proof).
     *
     *     Errors: `identity.scope-not-allowed`, `identity.wrong-client-credentials`.
     */
    post: operations['requestToken'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/clients/{clientId}/blocked': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Block a regional system or lift the block
     * @description Who may: regional-operator (region).
     *
     *     Errors: `identity.client-not-found`.
     */
    put: operations['setClientBlocked'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/journal/lessons/{lessonId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A lesson with its pupils, marks and absences
     * @description Who may: administrator, director, deputy-head (own schools); teacher (own groups); homeroom-teacher, group-curator (own classes, own groups).
     *
     *     Errors: `journal.lesson-not-found`.
     */
    get: operations['getLesson'];
    /**
     * Write topic, kind of work and homework of a lesson (R111, R133, R135)
     * @description What is left out stays. Only the lesson’s teacher or substitute.
     *
     *     Who may: administrator, deputy-head, teacher, homeroom-teacher, group-curator (own lessons).
     *
     *     Errors: `journal.homework-contradiction`, `journal.homework-due-before-lesson`, `journal.work-type-unknown`, `journal.not-your-lesson`, `journal.lesson-not-found`, `journal.lesson-stale`, `journal.entry-window-closed`, `journal.student-not-in-group`.
     */
    put: operations['describeLesson'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/journal/lessons': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The teacher’s own lessons of a day, with what is filled (R27)
     * @description Who may: administrator, director, deputy-head, teacher, homeroom-teacher, group-curator (own lessons).
     */
    get: operations['listMyLessons'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/journal/lessons/{lessonId}/attendance': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Say that all who are not entered as absent are present (R27, R140)
     * @description A lesson without absences and marks is complete by this. Only the lesson’s teacher or substitute. Said twice, nothing changes.
     *
     *     Who may: administrator, deputy-head, teacher, homeroom-teacher, group-curator (own lessons).
     *
     *     Errors: `journal.not-your-lesson`, `journal.lesson-not-found`, `journal.entry-window-closed`.
     */
    put: operations['takeAttendance'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/journal/lessons/{lessonId}/students/{studentId}/history': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who put what into a cell, when, and why
     * @description Who may: administrator, director, deputy-head (own schools); teacher (own groups); homeroom-teacher, group-curator (own classes, own groups).
     *
     *     Errors: `journal.lesson-not-found`, `journal.student-not-in-group`.
     */
    get: operations['getCellHistory'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/journal/work-types': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Kinds of work with their weights
     * @description Who may: administrator, director, deputy-head, teacher, homeroom-teacher, group-curator (own schools).
     */
    get: operations['listWorkTypes'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/journal/lessons/{lessonId}/entries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Put, correct and annul marks and absences of one lesson, all or none (R111–R116, R127, R129)
     * @description Only the lesson’s teacher or substitute. A stale cell refuses the whole command; `details.cells` holds the cells as they are.
     *
     *     Who may: administrator, deputy-head, teacher, homeroom-teacher, group-curator (own lessons).
     *
     *     Errors: `journal.work-type-unknown`, `journal.not-your-lesson`, `journal.lesson-not-found`, `journal.mark-not-found`, `journal.lesson-not-begun`, `journal.entry-window-closed`, `journal.student-not-in-group`, `journal.cell-stale`, `journal.no-marks-in-first-year`, `journal.too-many-marks`.
     */
    post: operations['recordEntries'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/journal/journals/{groupId}/page': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The journal of a study group between two dates
     * @description Who may: administrator, director, deputy-head (own schools); teacher (own groups); homeroom-teacher, group-curator (own classes, own groups).
     *
     *     Errors: `journal.range-too-long`, `journal.journal-not-found`.
     */
    get: operations['getJournalPage'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/journal/journals': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Journals the actor may open: own groups, the own class in all subjects (R26), or the whole school
     * @description Who may: administrator, director, deputy-head (own schools); teacher (own groups); homeroom-teacher, group-curator (own classes, own groups).
     */
    get: operations['listJournals'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/journal/opening-requests/{requestId}/decision': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Open the lesson until a date, or refuse with a reason (R116)
     * @description Who may: administrator, director, deputy-head (own schools).
     *
     *     Errors: `journal.opening-date-out-of-range`, `journal.refusal-without-reason`, `journal.opening-not-found`, `journal.opening-already-decided`.
     */
    post: operations['decideOpening'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/journal/opening-requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Requests to open lessons, with their answers: the last half year (R116)
     * @description Who may: administrator, director, deputy-head (own schools).
     */
    get: operations['listOpeningRequests'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/journal/lessons/{lessonId}/opening-requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Ask the deputy head to open a lesson whose entry window is over (R116)
     * @description Only the lesson’s teacher or substitute, one request at a time.
     *
     *     Who may: administrator, deputy-head, teacher, homeroom-teacher, group-curator (own lessons).
     *
     *     Errors: `journal.not-your-lesson`, `journal.lesson-not-found`, `journal.lesson-is-open`, `journal.lesson-not-begun`, `journal.opening-already-requested`.
     */
    post: operations['requestOpening'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/journal/classes/{classId}/absences': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Absences of a class (R130)
     * @description Who may: administrator, director, deputy-head, social-pedagogue (own schools); homeroom-teacher, group-curator (own classes).
     *
     *     Errors: `journal.range-too-long`, `journal.not-your-class`, `journal.class-not-found`.
     */
    get: operations['listClassAbsences'];
    put?: never;
    /**
     * The class teacher writes reasons of absences (R130, R131)
     * @description Who may: homeroom-teacher, group-curator (own classes).
     *
     *     Errors: `journal.not-your-class`, `journal.class-not-found`, `journal.cell-stale`, `journal.not-an-absence`.
     */
    post: operations['explainAbsences'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/journal/missing': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Lessons of a day in which topic, homework or entries are missing (R140–R142)
     * @description Who may: administrator, director, deputy-head (own schools).
     */
    get: operations['listMissing'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/notifications/settings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How the calling guardian hears of the own children (R156)
     * @description Who may: guardian (self).
     */
    get: operations['getSettings'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/notifications/settings/children/{studentId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Choose what to hear of a child, how and when; kinds left out stay as they are (R156)
     * @description Who may: guardian (own children).
     *
     *     Errors: `notifications.kind-repeated`, `notifications.child-not-found`, `notifications.contact-not-open`, `notifications.choices-stale`.
     */
    put: operations['setChildChoices'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/notifications/settings/schools/{schoolId}/hours': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Choose the quiet hours and the time of the day’s message, in the school’s time zone
     * @description Who may: guardian (self).
     *
     *     Errors: `notifications.digest-in-quiet-hours`, `access.another-school`.
     */
    put: operations['setHours'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/notifications/contacts/{schoolId}/{channel}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Take the consent back; what waits to be sent is dropped
     * @description Who may: guardian (self).
     *
     *     Errors: `access.another-school`, `notifications.contact-not-open`.
     */
    delete: operations['closeContact'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/notifications/contacts/confirm': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Consent to messages at an address, proven by its code (126-ФЗ art. 44.1, 152-ФЗ)
     * @description Kept as evidence: who, account, address, edition and text, when, from where. Without it nothing is sent.
     *
     *     Who may: guardian (self).
     *
     *     Errors: `notifications.code-wrong`, `access.another-school`, `notifications.code-expired`, `notifications.consent-text-changed`.
     */
    post: operations['confirmContact'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/notifications/unsubscribe/{token}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What the link in a letter would unsubscribe from; changes nothing, link scanners call it
     * @description Who may: anyone (the link in a letter works without signing in).
     *
     *     Errors: `notifications.subscription-not-found`.
     */
    get: operations['getSubscription'];
    put?: never;
    /**
     * Unsubscribe from letters by the link in one (RFC 8058)
     * @description Who may: anyone (RFC 8058: the mail provider unsubscribes with one POST).
     *
     *     Errors: `notifications.subscription-not-found`.
     */
    post: operations['unsubscribe'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/notifications/consents': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The proof of consents, the newest first, 50 on a page: the sender bears the burden of proof
     * @description Who may: administrator, director (own schools).
     */
    get: operations['listConsents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/notifications/contacts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a code to an address, to prove that it is the guardian’s own
     * @description Who may: guardian (self).
     *
     *     Errors: `notifications.address-invalid`, `access.another-school`, `notifications.channel-unavailable`, `notifications.code-too-soon`, `notifications.too-many-codes`, `notifications.too-many-codes-to-address`.
     */
    post: operations['requestContactCode'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/notifications/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What was sent to families and what became of it, the newest first, 50 on a page
     * @description A class teacher or curator sees the messages about the own class.
     *
     *     Who may: administrator, director, deputy-head (own schools); homeroom-teacher, group-curator (own classes).
     */
    get: operations['listDeliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/notifications/deliveries/{messageId}/resend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send again what did not arrive or is uncertain; the family may then have it twice, so a person decides
     * @description Who may: administrator, director, deputy-head (own schools).
     *
     *     Errors: `notifications.message-not-found`, `notifications.message-not-in-trouble`, `notifications.contact-not-open`.
     */
    post: operations['resendMessage'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reports/{id}/cancellation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Stop a report that waits or is being made
     * @description Who may: administrator, director, deputy-head, secretary (own schools); teacher, homeroom-teacher, group-curator (self).
     *
     *     Errors: `reporting.report-not-found`, `reporting.report-finished`.
     */
    post: operations['cancelReport'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reports/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * State and progress of a report
     * @description Who may: administrator, director, deputy-head, secretary (own schools); teacher, homeroom-teacher, group-curator (self).
     *
     *     Errors: `reporting.report-not-found`.
     */
    get: operations['getReport'];
    put?: never;
    post?: never;
    /**
     * Remove a finished report and its file
     * @description Who may: administrator, director, deputy-head, secretary (own schools); teacher, homeroom-teacher, group-curator (self).
     *
     *     Errors: `reporting.report-not-found`, `reporting.report-unfinished`.
     */
    delete: operations['deleteReport'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reports/{id}/file': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The finished report as XLSX
     * @description Who may: administrator, director, deputy-head, secretary (own schools); teacher, homeroom-teacher, group-curator (self).
     *
     *     Errors: `reporting.report-not-found`, `reporting.report-unfinished`, `reporting.file-expired`, `request.file-gone`.
     */
    get: operations['downloadReport'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/report-choices': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Study groups and classes of which the actor may order reports
     * @description Who may: administrator, director, deputy-head, secretary (own schools); teacher (own groups); homeroom-teacher, group-curator (own classes).
     */
    get: operations['getReportChoices'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reports': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Reports, the newest first: the own ones; for the leadership and the secretary all of the school
     * @description Who may: administrator, director, deputy-head, secretary (own schools); teacher, homeroom-teacher, group-curator (self).
     */
    get: operations['listReports'];
    put?: never;
    /**
     * Order a report; it is made in the background (R185)
     * @description The leadership and the secretary order for the whole school; a teacher the journals of the own groups; a class teacher or curator everything of the own class. The same Idempotency-Key answers with the same report.
     *
     *     Who may: administrator, director, deputy-head, secretary (own schools); teacher (own groups); homeroom-teacher, group-curator (own classes).
     *
     *     Errors: `reporting.period-outside-year`, `reporting.nothing-to-print`, `reporting.group-not-found`, `reporting.class-not-found`, `reporting.period-not-found`, `reporting.too-many-waiting`.
     */
    post: operations['orderReport'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Server-sent events of what has changed
     * @description A stream of events for the one who is signed in: `ready` when it has begun, `changed` with what changed and for whom, never the content; comments keep the connection. It ends after nine minutes and is opened anew.
     */
    get: operations['live'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/openapi.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * This description
     * @description The OpenAPI 3.1 description of this installation.
     */
    get: operations['getDescription'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/.well-known/oauth-authorization-server': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Metadata of the authorization server
     * @description Where and how a regional system gets its access token (RFC 8414).
     */
    get: operations['getAuthorizationServerMetadata'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Whether the gateway runs
     * @description For whoever restarts a gateway that has stopped answering.
     */
    get: operations['isLive'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Whether the gateway takes requests
     * @description For whoever balances between gateways.
     */
    get: operations['isReady'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /** @description RFC 9457 problem details. `code` is stable; translate by it. */
    Problem: {
      /** @description `urn:parta:error:` and the code */
      type: string;
      /** @description the same for every problem of this code */
      title: string;
      status: number;
      code: string;
      /** @description what is wrong this time, in English */
      detail?: string;
      correlationId: string;
      details?: {
        [key: string]: unknown;
      };
      fields?: {
        field: string;
        code: string;
        message: string;
      }[];
    };
    /** @description An error of OAuth 2.0 (RFC 6749, 5.2), with Parta’s own code beside it. */
    TokenError: {
      /** @enum {string} */
      error:
        | 'invalid_request'
        | 'invalid_client'
        | 'invalid_scope'
        | 'unsupported_grant_type'
        | 'temporarily_unavailable';
      error_description: string;
      code: string;
    };
    /** @description Metadata of the authorization server (RFC 8414). */
    AuthorizationServerMetadata: {
      /** Format: uri */
      issuer: string;
      /** Format: uri */
      token_endpoint: string;
      response_types_supported: string[];
      grant_types_supported: string[];
      token_endpoint_auth_methods_supported: string[];
      scopes_supported: string[];
      /** Format: uri */
      service_documentation: string;
    };
    ParkedFactsView: {
      /** @description the oldest first */
      facts: components['schemas']['ParkedFactView'][];
      /** @description services that did not answer; theirs are missing */
      unreachable: string[];
      /** @description there are more than the 500 of each service shown */
      hasMore: boolean;
    };
    RedriveParkedFact: {
      consumer: string;
      aggregateId: string;
      service: string;
    };
    RedrivenFacts: {
      /** @description facts handled, the ones that waited behind it included */
      handled: number;
    };
    DiscardParkedFact: {
      consumer: string;
      position: number;
      /** @description why it is given up; kept with who did it, and the fact itself */
      reason: string;
      service: string;
    };
    Nothing: Record<string, never>;
    RosterJobRef: {
      /** Format: uuid */
      id: string;
      /** @enum {string} */
      state: 'queued' | 'running' | 'validated' | 'applied' | 'parked' | 'refused';
    };
    RosterJobView: {
      /** Format: uuid */
      id: string;
      /** @enum {string} */
      state: 'queued' | 'running' | 'validated' | 'applied' | 'parked' | 'refused';
      /** @description percent */
      progress: number;
      dryRun: boolean;
      sourceSystem: string | null;
      /** @description who pushed it */
      submittedBy: string;
      /** Format: date-time */
      submittedAt: string;
      /** Format: date-time */
      finishedAt: string | null;
      size: number;
      sha256: string;
      counts: components['schemas']['RosterCounts'];
      /** @description records read by file */
      records: {
        [key: string]: number;
      };
      /** @description why the package is parked or refused, in Russian */
      reason: string | null;
      /** @description all errors found; `errors` holds the first 1000 */
      errorCount: number;
      errors: components['schemas']['RosterError'][];
    };
    RosterJobPage: {
      jobs: components['schemas']['RosterJobRow'][];
      total: number;
    };
    ClassView: {
      /** Format: uuid */
      classId: string;
      /** Format: uuid */
      schoolId: string;
      /** @example 5А */
      title: string;
      /** @description year of study; null for a college group */
      gradeLevel: number | null;
      /** @description class teachers or curators */
      homeroomTeachers: string[];
      students: number;
      list: components['schemas']['ClassStudent'][];
    };
    ClassList: {
      classes: components['schemas']['ClassRow'][];
    };
    SchoolList: {
      schools: components['schemas']['SchoolRow'][];
    };
    TimetableReport: {
      /** @description rows of the timetable */
      rows: number;
      schools: number;
      /** @description dated lessons that were added */
      lessonsAdded: number;
      /** @description coming lessons that are not in the timetable any more; what they would be for a dry run or when it is held */
      lessonsRemoved: number;
      /** @description coming lessons that stay */
      lessonsKept: number;
      /** @description false for a dry run, when there are errors, or when it is held */
      isApplied: boolean;
      /** @description it removes more than may go without a confirmation; nothing was changed */
      isHeld: boolean;
      /** @description in Russian: why it is held, or would be if this is a dry run */
      reason: string | null;
      errorCount: number;
      errors: components['schemas']['TimetableError'][];
      clashes: components['schemas']['TimetableClash'][];
    };
    Done: Record<string, never>;
    SchoolYearList: {
      /** @description the running year of each school of the caller: after its end it goes on to be the one until the next begins */
      years: components['schemas']['SchoolYearView'][];
      /** @description years before it, the latest first */
      earlier: components['schemas']['YearOfSchool'][];
    };
    Bell: {
      lessonNumber: number;
      /** @description local time */
      startsAt: string;
      endsAt: string;
    };
    SetBells: {
      /** Format: uuid */
      schoolId: string;
      bells: components['schemas']['Bell'][];
    };
    SetDayOff: {
      /** Format: uuid */
      schoolId: string;
      /** Format: date */
      date: string;
      /** @description «Актированный день» */
      title: string;
    };
    TransferSchoolDay: {
      /** Format: date */
      date: string;
      /** @description whose timetable is taught; 1 is Monday */
      weekday: number;
      /** Format: uuid */
      schoolId: string;
    };
    ThematicPlanView: {
      /** Format: uuid */
      groupId: string;
      /** @description counts the plans the group has had; 0 when it has none */
      version: number;
      lessons: components['schemas']['PlannedLesson'][];
    };
    ThematicPlanReport: {
      /** Format: uuid */
      groupId: string;
      /** @description counts the plans the group has had; 0 when it has none */
      version: number;
      lessons: components['schemas']['PlannedLesson'][];
      /** @description false for a dry run, when there are errors, or when it is held */
      isApplied: boolean;
      /** @description the group has a plan, of another version than `replacesVersion`; nothing was changed */
      isHeld: boolean;
      /** @description lessons of the plan the group had before */
      lessonsBefore: number;
      sheets: components['schemas']['PlanSheet'][];
      /** @description the sheet that was read */
      sheet: string;
      /** @description 0 when no row of headings was found */
      headingRow: number;
      columns: components['schemas']['PlanColumn'][];
      errorCount: number;
      errors: components['schemas']['PlanError'][];
      passedOverCount: number;
      passedOver: components['schemas']['PassedOverRow'][];
    };
    DiaryDaysView: {
      /** Format: uuid */
      studentId: string;
      studentName: string;
      classTitle: string | null;
      /** @description IANA time zone of the school */
      timeZone: string;
      /** @description every day of the range */
      days: components['schemas']['DiaryDay'][];
    };
    SubjectMarksView: {
      /** Format: uuid */
      studentId: string;
      /**
       * Format: uuid
       * @description the period shown
       */
      periodId: string | null;
      /** @description periods that count for this pupil: quarters for years 1–9, half-years for others (R71) */
      periods: components['schemas']['DiaryPeriod'][];
      subjects: components['schemas']['SubjectMarks'][];
    };
    SessionView: {
      /** @description EdDSA-signed access token for the Authorization header */
      accessToken: string;
      /** @description seconds until the access token expires */
      expiresIn: number;
      /** @description the first password has to be changed before anything else (R20) */
      mustChangePassword: boolean;
    };
    StartSession: {
      /** @example ivanova.av */
      login: string;
      password: string;
    };
    ChangePassword: {
      currentPassword: string;
      /** @description at least 10 characters, not the login and not a common password */
      newPassword: string;
    };
    MeView: {
      /** Format: uuid */
      accountId: string;
      login: string;
      person: components['schemas']['PersonName'];
      mustChangePassword: boolean;
      grants: components['schemas']['MyGrant'][];
      schools: components['schemas']['MySchool'][];
      /** @description a guardian’s children; a student finds itself here */
      children: components['schemas']['MyChild'][];
    };
    SessionList: {
      sessions: components['schemas']['SessionRow'][];
    };
    AcceptInvitation: {
      /** @example K7QM-4T2X-9HRA */
      code: string;
      /**
       * @description letters, digits and . _ @ -
       * @example L.N
       */
      login: string;
      password: string;
      /** @description only join an account that exists: a mistyped login makes no new one */
      joinOnly?: boolean;
    };
    InvitationCode: {
      /** @example K7QM-4T2X-9HRA */
      code: string;
    };
    InvitationView: {
      familyName: string;
      givenName: string;
      /** @description patronymic */
      middleName: string | null;
      schoolName: string;
      /** @enum {string} */
      personKind: 'staff' | 'student' | 'guardian';
      /** @description for a guardian: the children, «Мария, 5А» */
      children: string[];
      /** @description a free login the person may keep or change */
      suggestedLogin: string;
      /** Format: date-time */
      expiresAt: string;
    };
    IssuedInvitations: {
      schoolName: string;
      classTitle: string | null;
      invitations: components['schemas']['IssuedInvitation'][];
    };
    AccountCounts: {
      counts: components['schemas']['AccountCount'][];
    };
    AccountCredentials: {
      /** Format: uuid */
      accountId: string;
      login: string;
      /** @description shown once; has to be changed at the first sign-in (R20) */
      initialPassword: string;
    };
    PersonGrant: {
      /** Format: uuid */
      grantId: string;
      /** @enum {string} */
      role:
        | 'regional-operator'
        | 'administrator'
        | 'director'
        | 'deputy-head'
        | 'secretary'
        | 'teacher'
        | 'homeroom-teacher'
        | 'group-curator'
        | 'student'
        | 'guardian'
        | 'trusted-person'
        | 'nurse'
        | 'social-pedagogue'
        | 'psychologist'
        | 'librarian'
        | 'parents-committee-member'
        | 'admission-secretary'
        | 'additional-education-teacher';
      /**
       * @description roster: follows the roster; order: given by hand (R7, R10)
       * @enum {string}
       */
      origin: 'roster' | 'order';
      orderNumber: string | null;
      /** Format: date */
      orderDate: string | null;
    };
    PeoplePage: {
      people: components['schemas']['PersonRow'][];
      total: number;
    };
    ClientList: {
      clients: components['schemas']['ClientRow'][];
    };
    RegisterClient: {
      /** @example Региональная ИС «Контингент» */
      name: string;
      scopes: ('roster.write' | 'roster.read' | 'roster.decide' | 'timetable.write')[];
    };
    ClientCredentials: {
      clientId: string;
      /** @description shown once; only its hash is kept */
      clientSecret: string;
    };
    TokenView: {
      access_token: string;
      /** @enum {string} */
      token_type: 'Bearer';
      /** @description seconds */
      expires_in: number;
      scope: string;
    };
    HomeworkView: {
      /** @description for the whole group */
      text: string | null;
      /** @description «Без задания» (R133) */
      noHomework: boolean;
      /**
       * Format: date
       * @description due; the next lesson if null
       */
      dueDate: string | null;
      individual: components['schemas']['IndividualHomework'][];
    };
    DescribedLesson: {
      version: number;
      /** Format: date-time */
      savedAt: string;
    };
    LessonCard: {
      /** Format: uuid */
      lessonId: string;
      /** Format: date */
      date: string;
      lessonNumber: number;
      /** Format: uuid */
      groupId: string;
      /** @example 7А Алгебра */
      groupTitle: string;
      /** Format: uuid */
      schoolId: string;
      subjectTitle: string;
      startsAt: string;
      endsAt: string;
      room: string | null;
      topic: string | null;
      /** @description homework or «Без задания» is written */
      hasHomework: boolean;
      students: number;
      absent: number;
      marks: number;
      /** @description no mark, no absence, and nobody said that all are present */
      lacksEntries: boolean;
      /**
       * Format: date-time
       * @description until when entries are in time (R112)
       */
      entryDeadline: string | null;
      /** @description entries are accepted now */
      isOpen: boolean;
      /** @description the timetable has it no more; it stays because it has begun or something is written in it */
      isOutsideTimetable: boolean;
      /** @description version of topic and homework */
      version: number;
      /** @description topic the thematic plan has for this lesson (R94) */
      plannedTopic: string | null;
      plannedHomework: string | null;
      /** Format: uuid */
      workTypeId: string | null;
      homework: components['schemas']['HomeworkView'];
      commentForFamilies: string | null;
      /** @description the teacher has said that whoever is not entered as absent is present */
      attendanceTaken: boolean;
      /** @description this actor may write here */
      isMine: boolean;
      /** @description why this actor’s entries are not accepted now: an error code */
      closedBecause: string | null;
      /** @description last request to open the lesson */
      opening: components['schemas']['LessonOpening'] | null;
      list: components['schemas']['LessonStudent'][];
    };
    DayLessons: {
      /** Format: date */
      date: string;
      lessons: components['schemas']['LessonRow'][];
    };
    AttendanceTaken: {
      attendanceTaken: boolean;
      /** Format: date-time */
      savedAt: string;
    };
    CellHistory: {
      cell: components['schemas']['CellView'];
      /** @description the newest first */
      changes: components['schemas']['EntryChange'][];
    };
    WorkTypeList: {
      workTypes: components['schemas']['WorkType'][];
    };
    JournalEntry: {
      /**
       * @description mark: a new mark (value, workTypeId, comment); correction: another value, kind of work or comment for markId; annulment: markId becomes void, history is kept; attendance: code, or null for present
       * @enum {string}
       */
      kind: 'mark' | 'correction' | 'annulment' | 'attendance';
      /** Format: uuid */
      studentId: string;
      /** @description version of the cell that the teacher saw; 0 for an empty one */
      cellVersion: number;
      /**
       * @description for mark and correction
       * @enum {string}
       */
      value?: '5' | '4' | '3' | '2';
      /**
       * Format: uuid
       * @description for correction and annulment
       */
      markId?: string;
      /**
       * Format: uuid
       * @description kind of work; the lesson’s own if left out
       */
      workTypeId?: string;
      /** @description comment for the family */
      comment?: string | null;
      /** @enum {string|null} */
      code?: 'ABSENT' | 'ILL' | 'EXCUSED' | 'LATE' | null;
      /** @description minutes late */
      minutesLate?: number | null;
      /** @description why it is corrected or annulled */
      reason?: string | null;
    };
    RecordedEntries: {
      /** Format: date-time */
      savedAt: string;
      /** @description the cells as they are now */
      cells: components['schemas']['CellView'][];
    };
    JournalPageView: {
      /** Format: uuid */
      groupId: string;
      title: string;
      subjectTitle: string;
      teacher: string | null;
      isMine: boolean;
      lessons: components['schemas']['PageLesson'][];
      students: components['schemas']['PageStudent'][];
      /** @description only cells that hold something */
      cells: components['schemas']['CellView'][];
    };
    JournalList: {
      journals: components['schemas']['JournalRow'][];
    };
    OpeningRequest: {
      /** Format: uuid */
      lessonId: string;
      /** Format: date */
      date: string;
      lessonNumber: number;
      /** Format: uuid */
      groupId: string;
      /** @example 7А Алгебра */
      groupTitle: string;
      /** Format: uuid */
      requestId: string;
      /** @description who asks */
      teacher: string;
      reason: string;
      /** Format: date-time */
      askedAt: string;
      /** @enum {string} */
      state: 'asked' | 'granted' | 'refused';
      /**
       * Format: date
       * @description the last day on which entries are accepted
       */
      openUntil: string | null;
      /** @description what the deputy head answered */
      answer: string | null;
      decidedBy: string | null;
      /** Format: date-time */
      decidedAt: string | null;
    };
    OpeningRequests: {
      /** @description that wait for an answer */
      waiting: number;
      /** @description waiting ones first, oldest first; then the answered */
      requests: components['schemas']['OpeningRequest'][];
    };
    ExplainAbsence: {
      /** Format: uuid */
      lessonId: string;
      /** Format: uuid */
      studentId: string;
      cellVersion: number;
      /** @enum {string} */
      code: 'ABSENT' | 'ILL' | 'EXCUSED';
      /** @description справка, заявление */
      reason: string | null;
    };
    ClassAbsences: {
      absences: components['schemas']['ClassAbsence'][];
    };
    MissingView: {
      /** Format: date */
      date: string;
      /** @description lessons held by now */
      held: number;
      /** @description of them complete */
      complete: number;
      lessons: components['schemas']['MissingLesson'][];
      /** @description with withComing: lessons that have not ended and are not filled in either */
      coming: components['schemas']['MissingLesson'][];
    };
    NotificationSettings: {
      schools: components['schemas']['SchoolContacts'][];
      children: components['schemas']['ChildChoices'][];
    };
    KindChoice: {
      /** @enum {string} */
      kind: 'mark' | 'low-mark' | 'absence' | 'homework';
      /** @enum {string} */
      email: 'off' | 'immediate' | 'evening';
      /** @enum {string} */
      sms: 'off' | 'immediate' | 'evening';
    };
    ChildChoices: {
      /** Format: uuid */
      schoolId: string;
      /** Format: uuid */
      studentId: string;
      familyName: string;
      givenName: string;
      classTitle: string | null;
      /** @description grows with every change; 0 before the first */
      version: number;
      /** @description one of each kind */
      choices: components['schemas']['KindChoice'][];
    };
    SetHours: {
      /** Format: uuid */
      schoolId: string;
      /** @example 21:00 */
      quietFrom: string;
      /** @example 08:00 */
      quietTo: string;
      /** @example 19:00 */
      digestAt: string;
    };
    ContactView: {
      /** @enum {string} */
      state: 'unavailable' | 'none' | 'awaiting-code' | 'open' | 'closed' | 'failed';
      /** @description E.164 number or e-mail address */
      address: string | null;
      /** @description the address that the school has */
      proposedAddress: string | null;
      /** @description where a code was sent that can still be confirmed */
      pendingAddress: string | null;
      /**
       * Format: date-time
       * @description when consent was given
       */
      openedAt: string | null;
      /** @description edition of the consent’s text */
      consentVersion: string;
      /** @description what the guardian agrees to, as it is recorded */
      consentText: string;
    };
    ConfirmContact: {
      /** Format: uuid */
      schoolId: string;
      /** @enum {string} */
      channel: 'email' | 'sms';
      code: string;
      /** @description edition of the consent’s text that was shown */
      consentVersion: string;
    };
    SubscriptionView: {
      schoolName: string;
      /** @description the address with most of it hidden */
      maskedAddress: string;
      /** @enum {string} */
      state: 'open' | 'closed';
    };
    ConsentPage: {
      consents: components['schemas']['ConsentRecord'][];
      total: number;
    };
    RequestContactCode: {
      /** Format: uuid */
      schoolId: string;
      /** @enum {string} */
      channel: 'email' | 'sms';
      /** @description e-mail address, or a Russian mobile number in any usual writing */
      address: string;
    };
    ContactCodeSent: {
      /** @description the address in its one form: E.164 number, lower-case mail domain */
      address: string;
      /**
       * Format: date-time
       * @description the code is good until then
       */
      expiresAt: string;
      /**
       * Format: date-time
       * @description another code can be asked for from then
       */
      nextCodeAt: string;
    };
    DeliveryPage: {
      deliveries: components['schemas']['DeliveryRow'][];
      total: number;
    };
    ResentMessage: {
      /** Format: uuid */
      messageId: string;
      /** @enum {string} */
      state:
        | 'waiting'
        | 'sending'
        | 'submitted'
        | 'delivered'
        | 'undelivered'
        | 'refused'
        | 'uncertain'
        | 'expired'
        | 'cancelled';
    };
    ReportRef: {
      /** Format: uuid */
      id: string;
      /** @enum {string} */
      state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'expired';
    };
    ReportView: {
      /** Format: uuid */
      id: string;
      /** @enum {string} */
      state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'expired';
      /** @enum {string} */
      kind: 'class-subject-journal' | 'class-progress';
      /** @description study group or class: «7А Алгебра» */
      title: string;
      /** @description the period’s name; null for two dates */
      periodTitle: string | null;
      /** Format: date */
      from: string;
      /** Format: date */
      to: string;
      /** @description percent */
      progress: number;
      /** @description who ordered it */
      orderedBy: string;
      /** @description this actor ordered it */
      isMine: boolean;
      /** Format: date-time */
      orderedAt: string;
      /** Format: date-time */
      finishedAt: string | null;
      /**
       * Format: date-time
       * @description until when the file is kept
       */
      expiresAt: string | null;
      fileName: string | null;
      /** @description bytes */
      size: number | null;
      /** @description why it failed; translate by it */
      errorCode: string | null;
    };
    ReportChoices: {
      /** @description whose journal may be printed */
      groups: components['schemas']['ReportGroup'][];
      /** @description whose progress report may be made */
      classes: components['schemas']['ReportClass'][];
    };
    ReportPage: {
      reports: components['schemas']['ReportView'][];
      total: number;
    };
    OrderReport: {
      /**
       * @description class-subject-journal: the journal of a study group as on paper (R190); class-progress: progress and attendance of a class (R176, R183)
       * @enum {string}
       */
      kind: 'class-subject-journal' | 'class-progress';
      /**
       * Format: uuid
       * @description study group, for class-subject-journal
       */
      groupId?: string;
      /**
       * Format: uuid
       * @description class, for class-progress
       */
      classId?: string;
      /**
       * Format: uuid
       * @description a period of the school year; else from and to
       */
      periodId?: string;
      /** Format: date */
      from?: string;
      /**
       * Format: date
       * @description within the same academic year as from
       */
      to?: string;
    };
    ParkedFactView: {
      /** @description the service that put it aside */
      service: string;
      /** @description `<service>__<producer>` */
      consumer: string;
      /** @description its place in the stream of its producer */
      position: number;
      /** @description what the fact is about */
      aggregateId: string;
      /** @description what happened: `<producer>.<aggregate>.<fact>.v<version>` */
      type: string;
      /** Format: uuid */
      factId: string | null;
      /**
       * Format: uuid
       * @description null for facts of the region as a whole
       */
      schoolId: string | null;
      /** @description why it could not be handled, for the one who looks into it */
      reason: string;
      attempts: number;
      /** Format: date-time */
      parkedAt: string;
    };
    RosterCounts: {
      academicSessions: components['schemas']['EntityCounts'];
      orgs: components['schemas']['EntityCounts'];
      courses: components['schemas']['EntityCounts'];
      classes: components['schemas']['EntityCounts'];
      users: components['schemas']['EntityCounts'];
      roles: components['schemas']['EntityCounts'];
      enrollments: components['schemas']['EntityCounts'];
      demographics: components['schemas']['EntityCounts'];
    };
    RosterError: {
      file: string;
      /** @description as a spreadsheet shows it: the header is 1 */
      row: number | null;
      field: string | null;
      /** @example row.invalid_date */
      code: string;
      message: string;
    };
    RosterJobRow: {
      /** Format: uuid */
      id: string;
      /** @enum {string} */
      state: 'queued' | 'running' | 'validated' | 'applied' | 'parked' | 'refused';
      /** @description percent */
      progress: number;
      dryRun: boolean;
      sourceSystem: string | null;
      /** @description who pushed it */
      submittedBy: string;
      /** Format: date-time */
      submittedAt: string;
      /** Format: date-time */
      finishedAt: string | null;
      size: number;
      /** @description all kinds together */
      totals: components['schemas']['EntityCounts'];
      errorCount: number;
    };
    ClassStudent: {
      /** Format: uuid */
      studentId: string;
      /** @description «Иванов Пётр Сергеевич» */
      name: string;
      /** Format: date */
      birthDate: string | null;
      guardians: string[];
      /**
       * Format: date
       * @description first day in the class
       */
      enrolledFrom: string | null;
    };
    ClassRow: {
      /** Format: uuid */
      classId: string;
      /** Format: uuid */
      schoolId: string;
      /** @example 5А */
      title: string;
      /** @description year of study; null for a college group */
      gradeLevel: number | null;
      /** @description class teachers or curators */
      homeroomTeachers: string[];
      students: number;
    };
    SchoolRow: {
      /** Format: uuid */
      schoolId: string;
      name: string;
      /** @enum {string} */
      kind: 'school' | 'college';
      /** @description registry number */
      identifier: string | null;
      /** @description IANA time zone */
      timeZone: string;
      isActive: boolean;
      classes: number;
      students: number;
      staff: number;
    };
    TimetableError: {
      /** @description as a spreadsheet shows it: the header is 1 */
      row: number;
      field: string | null;
      /** @example curriculum.unknown-group */
      code: string;
      /** @description in Russian */
      message: string;
    };
    TimetableClash: {
      /** @enum {string} */
      kind: 'teacher' | 'class' | 'room';
      /** @description whose time it is: the teacher’s name, the class, the room */
      who: string;
      /** @description 1 is Monday */
      weekday: number;
      lessonNumber: number;
      /** @description titles of the study groups */
      groups: string[];
    };
    SchoolYearView: {
      /** Format: uuid */
      academicYearId: string;
      title: string;
      /** Format: date */
      startDate: string;
      /** Format: date */
      endDate: string;
      daysOff: components['schemas']['DayOff'][];
      transfers: components['schemas']['SchoolDayTransfer'][];
      bells: components['schemas']['Bell'][];
      /** Format: uuid */
      schoolId: string;
      /** @description periods of years 1–9 and of years 10–11 or colleges alike (R71) */
      periods: components['schemas']['PeriodView'][];
    };
    YearOfSchool: {
      /** Format: uuid */
      academicYearId: string;
      title: string;
      /** Format: date */
      startDate: string;
      /** Format: date */
      endDate: string;
      /** Format: uuid */
      schoolId: string;
      periods: components['schemas']['PeriodView'][];
    };
    PlannedLesson: {
      /** @description order in the plan */
      position: number;
      topic: string;
      /** @description section of the programme */
      section: string | null;
      homework: string | null;
      /** @description control work is planned here */
      isControlWork: boolean;
    };
    PlanSheet: {
      name: string;
      isHidden: boolean;
      /** @description rows that hold something */
      rows: number;
    };
    PlanColumn: {
      column: number;
      /** @description what stands in the row of the headings */
      heading: string | null;
      /**
       * @description what it is read as; null when it is not read
       * @enum {string|null}
       */
      field: 'topic' | 'section' | 'homework' | 'isControlWork' | null;
    };
    PlanError: {
      /** @description as a spreadsheet program shows it; null for the whole */
      row: number | null;
      /** @enum {string|null} */
      field: 'topic' | 'section' | 'homework' | 'isControlWork' | null;
      /** @example curriculum.plan-cell-unreadable */
      code: string;
      /** @description what the row says */
      text: string | null;
    };
    PassedOverRow: {
      row: number;
      text: string;
    };
    DiaryDay: {
      /** Format: date */
      date: string;
      /** @description why there are no lessons: a holiday, a school break */
      dayOff: string | null;
      lessons: components['schemas']['DiaryLesson'][];
    };
    DiaryPeriod: {
      /** Format: uuid */
      periodId: string;
      title: string;
      /** Format: date */
      startDate: string;
      /** Format: date */
      endDate: string;
    };
    SubjectMarks: {
      subjectTitle: string;
      teacher: string | null;
      average: number | null;
      weightedAverage: number | null;
      /** @description lessons missed in the period */
      absences: number;
      /** @description by date */
      marks: components['schemas']['DatedMark'][];
    };
    PersonName: {
      familyName: string;
      givenName: string;
      /** @description patronymic */
      middleName: string | null;
    };
    MyGrant: {
      /** @enum {string} */
      role:
        | 'regional-operator'
        | 'administrator'
        | 'director'
        | 'deputy-head'
        | 'secretary'
        | 'teacher'
        | 'homeroom-teacher'
        | 'group-curator'
        | 'student'
        | 'guardian'
        | 'trusted-person'
        | 'nurse'
        | 'social-pedagogue'
        | 'psychologist'
        | 'librarian'
        | 'parents-committee-member'
        | 'admission-secretary'
        | 'additional-education-teacher';
      /**
       * Format: uuid
       * @description null for the region as a whole
       */
      schoolId: string | null;
      /** Format: uuid */
      personId: string | null;
      /** @description classes the grant is about (class teacher, curator) */
      classIds: string[];
      /** @description titles of those classes, in the same order */
      classTitles: string[];
    };
    MySchool: {
      /** Format: uuid */
      schoolId: string;
      name: string;
      /** @enum {string} */
      kind: 'school' | 'college';
      /** @description IANA time zone */
      timeZone: string;
    };
    MyChild: {
      familyName: string;
      givenName: string;
      /** @description patronymic */
      middleName: string | null;
      /** Format: uuid */
      studentId: string;
      /** Format: uuid */
      schoolId: string;
      /** @example 5А */
      classTitle: string | null;
    };
    SessionRow: {
      /** Format: uuid */
      sessionId: string;
      /** Format: date-time */
      startedAt: string;
      /** Format: date-time */
      lastUsedAt: string;
      address: string | null;
      userAgent: string | null;
      /** @description the session that asks */
      isCurrent: boolean;
    };
    IssuedInvitation: {
      familyName: string;
      givenName: string;
      /** @description patronymic */
      middleName: string | null;
      /** Format: uuid */
      personId: string;
      /** @enum {string} */
      personKind: 'staff' | 'student' | 'guardian';
      /** @description for a guardian: whose */
      studentName: string | null;
      /** @description shown once: only its hash is kept */
      code: string;
      /** Format: date-time */
      expiresAt: string;
    };
    AccountCount: {
      /** @enum {string} */
      kind: 'staff' | 'student' | 'guardian';
      /** @description neither an account nor an invitation */
      none: number;
      /** @description an invitation that was not used yet */
      invited: number;
    };
    PersonRow: {
      familyName: string;
      givenName: string;
      /** @description patronymic */
      middleName: string | null;
      /** Format: uuid */
      personId: string;
      /** Format: uuid */
      schoolId: string;
      /** @enum {string} */
      kind: 'staff' | 'student' | 'guardian';
      /** @description a student’s class; classes of a guardian’s children; own classes of a class teacher */
      classTitles: string[];
      /** @description children of a guardian, guardians of a student */
      relatives: string[];
      grants: components['schemas']['PersonGrant'][];
      /** @enum {string} */
      accountState: 'none' | 'invited' | 'active' | 'blocked';
      /** Format: uuid */
      accountId: string | null;
      login: string | null;
      /** Format: date-time */
      lastSignInAt: string | null;
    };
    ClientRow: {
      clientId: string;
      name: string;
      scopes: string[];
      isBlocked: boolean;
      /** Format: date-time */
      registeredAt: string;
      /** Format: date-time */
      lastTokenAt: string | null;
    };
    IndividualHomework: {
      /** Format: uuid */
      studentId: string;
      text: string;
    };
    LessonOpening: {
      /** @enum {string} */
      state: 'asked' | 'granted' | 'refused';
      /**
       * Format: date
       * @description the last day on which entries are accepted
       */
      openUntil: string | null;
      /** @description what the deputy head answered */
      answer: string | null;
    };
    LessonStudent: {
      /** Format: uuid */
      studentId: string;
      /** @description «Иванов Пётр» */
      name: string;
      cell: components['schemas']['CellView'];
    };
    LessonRow: {
      /** Format: uuid */
      lessonId: string;
      /** Format: date */
      date: string;
      lessonNumber: number;
      /** Format: uuid */
      groupId: string;
      /** @example 7А Алгебра */
      groupTitle: string;
      /** Format: uuid */
      schoolId: string;
      subjectTitle: string;
      startsAt: string;
      endsAt: string;
      room: string | null;
      topic: string | null;
      /** @description homework or «Без задания» is written */
      hasHomework: boolean;
      students: number;
      absent: number;
      marks: number;
      /** @description no mark, no absence, and nobody said that all are present */
      lacksEntries: boolean;
      /**
       * Format: date-time
       * @description until when entries are in time (R112)
       */
      entryDeadline: string | null;
      /** @description entries are accepted now */
      isOpen: boolean;
      /** @description the timetable has it no more; it stays because it has begun or something is written in it */
      isOutsideTimetable: boolean;
    };
    CellView: {
      /** Format: uuid */
      lessonId: string;
      /** Format: uuid */
      studentId: string;
      version: number;
      /** @enum {string|null} */
      attendance: 'ABSENT' | 'ILL' | 'EXCUSED' | 'LATE' | null;
      minutesLate: number | null;
      marks: components['schemas']['CellMark'][];
    };
    EntryChange: {
      /** Format: date-time */
      changedAt: string;
      changedBy: string;
      /** @enum {string} */
      subject: 'mark' | 'attendance';
      before: string | null;
      after: string | null;
      reason: string | null;
      isLate: boolean;
    };
    WorkType: {
      /** Format: uuid */
      workTypeId: string;
      /** @example Контрольная работа */
      title: string;
      /** @example КР */
      shortCode: string;
      /** @description weight in the weighted average */
      weight: number;
      /** @description written works have their own deadline (R116) */
      isWritten: boolean;
    };
    PageLesson: {
      /** Format: uuid */
      lessonId: string;
      /** Format: date */
      date: string;
      lessonNumber: number;
      /** @description short code of the kind of work */
      workCode: string | null;
      topic: string | null;
      homework: string | null;
      hasHomework: boolean;
      /** @description the teacher has said that whoever is not entered as absent is present */
      attendanceTaken: boolean;
      /** @description entries by this actor are accepted now */
      isOpen: boolean;
      /** @description why not: an error code */
      closedBecause: string | null;
      /**
       * @description last request to open the lesson
       * @enum {string|null}
       */
      opening: 'asked' | 'granted' | 'refused' | null;
      /** @description the timetable has it no more; it stays because it has begun or something is written in it */
      isOutsideTimetable: boolean;
    };
    PageStudent: {
      /** Format: uuid */
      studentId: string;
      /** @description «Иванов Пётр» */
      name: string;
      /** @description average of the marks shown */
      average: number | null;
      weightedAverage: number | null;
      /** @description still in the group */
      isActive: boolean;
    };
    JournalRow: {
      /** Format: uuid */
      groupId: string;
      title: string;
      subjectTitle: string;
      teacher: string | null;
      /** Format: uuid */
      schoolId: string;
      classTitle: string | null;
      /** @description this actor teaches it */
      isMine: boolean;
      students: number;
      /** @description of an academic year that is over; its entries can be read */
      isPast: boolean;
    };
    ClassAbsence: {
      /** Format: uuid */
      lessonId: string;
      /** Format: date */
      date: string;
      lessonNumber: number;
      /** Format: uuid */
      studentId: string;
      studentName: string;
      subjectTitle: string;
      /** @enum {string} */
      code: 'ABSENT' | 'ILL' | 'EXCUSED' | 'LATE';
      minutesLate: number | null;
      /** @description reason the class teacher wrote */
      reason: string | null;
      cellVersion: number;
    };
    MissingLesson: {
      /** Format: uuid */
      lessonId: string;
      /** Format: uuid */
      groupId: string;
      groupTitle: string;
      teacher: string | null;
      lessonNumber: number;
      startsAt: string;
      lacksTopic: boolean;
      lacksHomework: boolean;
      /** @description no mark, no absence, and nobody said that all are present */
      lacksEntries: boolean;
      /** Format: date-time */
      entryDeadline: string | null;
      isOverdue: boolean;
    };
    SchoolContacts: {
      /** Format: uuid */
      schoolId: string;
      schoolName: string;
      /** @description IANA time zone of the hours below */
      timeZone: string;
      /** @description no message between this time … */
      quietFrom: string;
      /** @description … and this one */
      quietTo: string;
      /** @description when the message of the day is sent */
      digestAt: string;
      email: components['schemas']['ContactView'];
      sms: components['schemas']['ContactView'];
    };
    ConsentRecord: {
      /** Format: uuid */
      consentId: string;
      guardianName: string;
      /** @enum {string} */
      channel: 'email' | 'sms';
      address: string;
      /** @enum {string} */
      event: 'given' | 'taken-back';
      /**
       * @description how the will was expressed; sms-reply: «СТОП» from the number, complaint: the provider’s report of one
       * @enum {string}
       */
      how: 'code' | 'settings' | 'letter-link' | 'sms-reply' | 'complaint';
      textVersion: string;
      text: string;
      /** Format: date-time */
      at: string;
      /** Format: uuid */
      accountId: string | null;
      ipAddress: string | null;
      userAgent: string | null;
    };
    DeliveryRow: {
      /** Format: uuid */
      messageId: string;
      /** Format: date-time */
      createdAt: string;
      /**
       * Format: date-time
       * @description when it is to be sent
       */
      dueAt: string;
      /** Format: date-time */
      submittedAt: string | null;
      /**
       * Format: date-time
       * @description when its last state was known
       */
      settledAt: string | null;
      guardianName: string;
      children: string[];
      /** @enum {string} */
      channel: 'email' | 'sms';
      address: string;
      /** @enum {string} */
      kind: 'notice' | 'digest' | 'code';
      /** @description null for a code, until the message is put together, and once its text is too old to be kept */
      text: string | null;
      /** @enum {string} */
      state:
        | 'waiting'
        | 'sending'
        | 'submitted'
        | 'delivered'
        | 'undelivered'
        | 'refused'
        | 'uncertain'
        | 'expired'
        | 'cancelled';
      attempts: number;
      /** @description how many SMS it takes; 0 for a letter */
      parts: number;
      /** @description what the other side said */
      problem: string | null;
    };
    ReportGroup: {
      /** Format: uuid */
      groupId: string;
      /** Format: uuid */
      classId: string | null;
      title: string;
      subjectTitle: string;
      classTitle: string | null;
      /** @description this actor teaches it */
      isMine: boolean;
      /** @description of an academic year that is over */
      isPast: boolean;
    };
    ReportClass: {
      /** Format: uuid */
      classId: string;
      title: string;
      /** @description this actor is its class teacher or curator */
      isMine: boolean;
      /** @description of an academic year that is over */
      isPast: boolean;
    };
    EntityCounts: {
      created: number;
      updated: number;
      unchanged: number;
      ended: number;
      rejected: number;
    };
    DayOff: {
      /** Format: date */
      date: string;
      /** @enum {string} */
      kind: 'public-holiday' | 'day-off';
      title: string;
    };
    SchoolDayTransfer: {
      /** Format: date */
      date: string;
      /** @description whose timetable is taught; 1 is Monday */
      weekday: number;
    };
    PeriodView: {
      /** Format: uuid */
      periodId: string;
      /** @example II четверть */
      title: string;
      /** @enum {string} */
      kind: 'quarter' | 'trimester' | 'half-year' | 'semester';
      /** Format: date */
      startDate: string;
      /** Format: date */
      endDate: string;
    };
    DiaryLesson: {
      /** Format: uuid */
      lessonId: string;
      lessonNumber: number;
      /** @description local time */
      startsAt: string;
      endsAt: string;
      subjectTitle: string;
      room: string | null;
      teacher: string | null;
      topic: string | null;
      homework: components['schemas']['DiaryHomework'];
      /** @description the teacher’s comment to the families */
      comment: string | null;
      marks: components['schemas']['DiaryMark'][];
      absence: components['schemas']['DiaryAbsence'] | null;
    };
    DatedMark: {
      /** Format: uuid */
      markId: string;
      /** @example 5 */
      value: string;
      /** @description the kind of work it was given for (R149) */
      workTypeTitle: string;
      weight: number;
      comment: string | null;
      /** @description before the last correction */
      previousValue: string | null;
      /**
       * Format: date-time
       * @description when it was put or corrected
       */
      recordedAt: string;
      /** Format: date */
      date: string;
      /** Format: uuid */
      lessonId: string;
    };
    CellMark: {
      /** Format: uuid */
      markId: string;
      /** @example 5 */
      value: string;
      /** Format: uuid */
      workTypeId: string;
      comment: string | null;
      /** @description put after the deadline (R112) */
      isLate: boolean;
    };
    DiaryHomework: {
      text: string | null;
      /** @description for this pupil alone (R135) */
      individual: string | null;
      /** @description «Без задания» */
      noHomework: boolean;
      /**
       * Format: date
       * @description due; the next lesson if null
       */
      dueDate: string | null;
    };
    DiaryMark: {
      /** Format: uuid */
      markId: string;
      /** @example 5 */
      value: string;
      /** @description the kind of work it was given for (R149) */
      workTypeTitle: string;
      weight: number;
      comment: string | null;
      /** @description before the last correction */
      previousValue: string | null;
      /**
       * Format: date-time
       * @description when it was put or corrected
       */
      recordedAt: string;
    };
    DiaryAbsence: {
      /** @enum {string} */
      code: 'ABSENT' | 'ILL' | 'EXCUSED' | 'LATE';
      minutesLate: number | null;
      reason: string | null;
    };
  };
  responses: {
    /** @description Nothing has changed since the answer with this ETag. */
    NotModified: {
      headers: {
        'X-Correlation-Id': components['headers']['CorrelationId'];
        ETag: components['headers']['ETag'];
        [name: string]: unknown;
      };
      content?: never;
    };
    /** @description The request breaks its contract. */
    BadRequest: {
      headers: {
        'X-Correlation-Id': components['headers']['CorrelationId'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'request.invalid' | 'request.malformed';
        };
      };
    };
    /** @description Credentials are missing or not valid. */
    Unauthorized: {
      headers: {
        'X-Correlation-Id': components['headers']['CorrelationId'];
        'WWW-Authenticate': components['headers']['Challenge'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'access.unauthenticated' | 'access.token-invalid' | 'access.token-expired';
        };
      };
    };
    /** @description This caller may not do this. */
    Forbidden: {
      headers: {
        'X-Correlation-Id': components['headers']['CorrelationId'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'access.forbidden' | 'access.another-school' | 'access.password-change-required';
        };
      };
    };
    /** @description Too many requests. */
    TooManyRequests: {
      headers: {
        'X-Correlation-Id': components['headers']['CorrelationId'];
        'Retry-After': components['headers']['RetryAfter'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'request.rate-limited';
        };
      };
    };
    /** @description The request failed unexpectedly. */
    Failure: {
      headers: {
        'X-Correlation-Id': components['headers']['CorrelationId'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'service.failure';
        };
      };
    };
    /** @description It cannot be answered just now. */
    Unavailable: {
      headers: {
        'X-Correlation-Id': components['headers']['CorrelationId'];
        'Retry-After': components['headers']['RetryAfter'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'service.unavailable' | 'service.busy';
        };
      };
    };
    /** @description The request breaks its contract. */
    BadRequest2: {
      headers: {
        'X-Correlation-Id': components['headers']['CorrelationId'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'request.invalid' | 'request.malformed' | 'request.idempotency-key-invalid';
        };
      };
    };
    /** @description The body did not come in time. */
    RequestTimeout: {
      headers: {
        'X-Correlation-Id': components['headers']['CorrelationId'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'request.timeout';
        };
      };
    };
    /** @description The body is too large. */
    BodyTooLarge: {
      headers: {
        'X-Correlation-Id': components['headers']['CorrelationId'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'request.body-too-large';
        };
      };
    };
    /** @description The body is of a media type that is not taken here. */
    UnsupportedMediaType: {
      headers: {
        'X-Correlation-Id': components['headers']['CorrelationId'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'request.unsupported-media-type';
        };
      };
    };
    /** @description A part of the path is too long. */
    PathTooLong: {
      headers: {
        'X-Correlation-Id': components['headers']['CorrelationId'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'request.malformed';
        };
      };
    };
    /** @description The request breaks its contract. */
    BadRequest3: {
      headers: {
        'X-Correlation-Id': components['headers']['CorrelationId'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?:
            | 'request.invalid'
            | 'request.malformed'
            | 'request.idempotency-key-missing'
            | 'request.idempotency-key-invalid'
            | 'request.body-empty';
        };
      };
    };
    /** @description The state of the record, or another command, forbids it. */
    Conflict: {
      headers: {
        'X-Correlation-Id': components['headers']['CorrelationId'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'request.idempotency-key-reused';
        };
      };
    };
    /** @description Too many requests. */
    TooManyRequests2: {
      headers: {
        'X-Correlation-Id': components['headers']['CorrelationId'];
        'Retry-After': components['headers']['RetryAfter'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'request.rate-limited' | 'request.too-many-uploads';
        };
      };
    };
    /** @description It cannot be answered just now. */
    Unavailable2: {
      headers: {
        'X-Correlation-Id': components['headers']['CorrelationId'];
        'Retry-After': components['headers']['RetryAfter'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'service.unavailable' | 'service.busy' | 'request.uploads-full';
        };
      };
    };
    /** @description Credentials are missing or not valid. */
    Unauthorized2: {
      headers: {
        'X-Correlation-Id': components['headers']['CorrelationId'];
        'WWW-Authenticate': components['headers']['Challenge'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'access.token-invalid' | 'access.token-expired';
        };
      };
    };
    /** @description This caller may not do this. */
    Forbidden2: {
      headers: {
        'X-Correlation-Id': components['headers']['CorrelationId'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'access.cross-site';
        };
      };
    };
    /** @description This caller may not do this. */
    Forbidden3: {
      headers: {
        'X-Correlation-Id': components['headers']['CorrelationId'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'access.forbidden' | 'access.another-school' | 'access.cross-site';
        };
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: {
    /** @description The request in the logs; the caller’s own `X-Correlation-Id` if it sent one. */
    CorrelationId: string;
    /** @description Seconds to wait. */
    RetryAfter: number;
    /** @description The credentials that are wanted (RFC 9110, 11.6.1). */
    Challenge: string;
    /** @description For `If-None-Match`. */
    ETag: string;
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  listParkedFacts: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "facts": [
           *         {
           *           "service": "journal",
           *           "consumer": "Text",
           *           "position": 1,
           *           "aggregateId": "Text",
           *           "type": "Text",
           *           "factId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "reason": "По заявлению родителей",
           *           "attempts": 1,
           *           "parkedAt": "2026-10-05T08:30:00Z"
           *         }
           *       ],
           *       "unreachable": [
           *         "Text"
           *       ],
           *       "hasMore": true
           *     }
           */
          'application/json': components['schemas']['ParkedFactsView'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  redriveParkedFact: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "consumer": "Text",
         *       "aggregateId": "Text",
         *       "service": "journal"
         *     }
         */
        'application/json': components['schemas']['RedriveParkedFact'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "handled": 1
           *     }
           */
          'application/json': components['schemas']['RedrivenFacts'];
        };
      };
      400: components['responses']['BadRequest2'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'messaging.parked-fact-not-found' | 'operations.unknown-service';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'messaging.still-failing';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  discardParkedFact: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "consumer": "Text",
         *       "position": 1,
         *       "reason": "По заявлению родителей",
         *       "service": "journal"
         *     }
         */
        'application/json': components['schemas']['DiscardParkedFact'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /** @example {} */
          'application/json': components['schemas']['Nothing'];
        };
      };
      400: components['responses']['BadRequest2'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'messaging.parked-fact-not-found' | 'operations.unknown-service';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  decideParkedRoster: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
        /**
         * @description The same key with the same request is done once and answered the same.
         * @example a7d0c1a2-4c7e-4d0b-9f53-2b7f0e6f1c11
         */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description id
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "decision": "apply",
         *       "reason": "По заявлению родителей"
         *     }
         */
        'application/json': {
          /** @enum {string} */
          decision: 'apply' | 'refuse';
          /** @description why, for the record */
          reason: string;
        };
      };
    };
    responses: {
      /** @description Accepted: it is done in the background. */
      202: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "state": "queued"
           *     }
           */
          'application/json': components['schemas']['RosterJobRef'];
        };
      };
      400: components['responses']['BadRequest2'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'contingent.roster-job-not-found';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.idempotency-key-reused' | 'contingent.roster-not-parked';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  getRosterJob: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path: {
        /**
         * @description id
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "state": "queued",
           *       "progress": 1,
           *       "dryRun": true,
           *       "sourceSystem": "Региональная ИС «Контингент»",
           *       "submittedBy": "Региональная ИС «Контингент»",
           *       "submittedAt": "2026-10-05T08:30:00Z",
           *       "finishedAt": "2026-10-05T08:30:00Z",
           *       "size": 1,
           *       "sha256": "Text",
           *       "counts": {
           *         "academicSessions": {
           *           "created": 1,
           *           "updated": 1,
           *           "unchanged": 1,
           *           "ended": 1,
           *           "rejected": 1
           *         },
           *         "orgs": {
           *           "created": 1,
           *           "updated": 1,
           *           "unchanged": 1,
           *           "ended": 1,
           *           "rejected": 1
           *         },
           *         "courses": {
           *           "created": 1,
           *           "updated": 1,
           *           "unchanged": 1,
           *           "ended": 1,
           *           "rejected": 1
           *         },
           *         "classes": {
           *           "created": 1,
           *           "updated": 1,
           *           "unchanged": 1,
           *           "ended": 1,
           *           "rejected": 1
           *         },
           *         "users": {
           *           "created": 1,
           *           "updated": 1,
           *           "unchanged": 1,
           *           "ended": 1,
           *           "rejected": 1
           *         },
           *         "roles": {
           *           "created": 1,
           *           "updated": 1,
           *           "unchanged": 1,
           *           "ended": 1,
           *           "rejected": 1
           *         },
           *         "enrollments": {
           *           "created": 1,
           *           "updated": 1,
           *           "unchanged": 1,
           *           "ended": 1,
           *           "rejected": 1
           *         },
           *         "demographics": {
           *           "created": 1,
           *           "updated": 1,
           *           "unchanged": 1,
           *           "ended": 1,
           *           "rejected": 1
           *         }
           *       },
           *       "records": {},
           *       "reason": "По заявлению родителей",
           *       "errorCount": 1,
           *       "errors": [
           *         {
           *           "file": "Text",
           *           "row": 1,
           *           "field": "Text",
           *           "code": "row.invalid_date",
           *           "message": "Text"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['RosterJobView'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'contingent.roster-job-not-found';
          };
        };
      };
      414: components['responses']['PathTooLong'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  listRosterJobs: {
    parameters: {
      query?: {
        /**
         * @description state
         * @example queued
         */
        state?: 'queued' | 'running' | 'validated' | 'applied' | 'parked' | 'refused';
        /**
         * @description page
         * @example 1
         */
        page?: number;
        /**
         * @description 20 unless said
         * @example 1
         */
        pageSize?: number;
      };
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "jobs": [
           *         {
           *           "id": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "state": "queued",
           *           "progress": 1,
           *           "dryRun": true,
           *           "sourceSystem": "Региональная ИС «Контингент»",
           *           "submittedBy": "Региональная ИС «Контингент»",
           *           "submittedAt": "2026-10-05T08:30:00Z",
           *           "finishedAt": "2026-10-05T08:30:00Z",
           *           "size": 1,
           *           "totals": {
           *             "created": 1,
           *             "updated": 1,
           *             "unchanged": 1,
           *             "ended": 1,
           *             "rejected": 1
           *           },
           *           "errorCount": 1
           *         }
           *       ],
           *       "total": 1
           *     }
           */
          'application/json': components['schemas']['RosterJobPage'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  submitRoster: {
    parameters: {
      query?: {
        /**
         * @description validate and count only
         * @example true
         */
        dryRun?: boolean;
      };
      header: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
        /**
         * @description The same key with the same request is done once and answered the same.
         * @example a7d0c1a2-4c7e-4d0b-9f53-2b7f0e6f1c11
         */
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    /** @description The file, at most 268435456 bytes. */
    requestBody: {
      content: {
        'application/zip': string;
      };
    };
    responses: {
      /** @description Accepted: it is done in the background. */
      202: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "state": "queued"
           *     }
           */
          'application/json': components['schemas']['RosterJobRef'];
        };
      };
      400: components['responses']['BadRequest3'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      408: components['responses']['RequestTimeout'];
      409: components['responses']['Conflict'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      /** @description Too many requests. */
      429: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              'request.rate-limited' | 'request.too-many-uploads' | 'contingent.too-many-rosters-waiting';
          };
        };
      };
      500: components['responses']['Failure'];
      /** @description It cannot be answered just now. */
      503: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'service.unavailable' | 'service.busy' | 'request.uploads-full';
          };
        };
      };
    };
  };
  getClass: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path: {
        /**
         * @description id of the class
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        classId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "classId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "title": "5А",
           *       "gradeLevel": 1,
           *       "homeroomTeachers": [
           *         "Text"
           *       ],
           *       "students": 1,
           *       "list": [
           *         {
           *           "studentId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "name": "Соколова Анна Сергеевна",
           *           "birthDate": "2026-10-05",
           *           "guardians": [
           *             "Text"
           *           ],
           *           "enrolledFrom": "2026-10-05"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ClassView'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'contingent.class-not-found';
          };
        };
      };
      414: components['responses']['PathTooLong'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  listClasses: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "classes": [
           *         {
           *           "classId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "title": "5А",
           *           "gradeLevel": 1,
           *           "homeroomTeachers": [
           *             "Text"
           *           ],
           *           "students": 1
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ClassList'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  listSchools: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "schools": [
           *         {
           *           "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "name": "Соколова Анна Сергеевна",
           *           "kind": "school",
           *           "identifier": "Text",
           *           "timeZone": "Europe/Moscow",
           *           "isActive": true,
           *           "classes": 1,
           *           "students": 1,
           *           "staff": 1
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['SchoolList'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  submitTimetable: {
    parameters: {
      query?: {
        /**
         * @description report only
         * @example true
         */
        dryRun?: boolean;
        /**
         * @description applies a timetable that was held, if it removes no more coming lessons than this
         * @example 1
         */
        confirmedRemovals?: number;
      };
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    /** @description The file, at most 20971520 bytes. */
    requestBody: {
      content: {
        'text/csv': string;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "rows": 1,
           *       "schools": 1,
           *       "lessonsAdded": 1,
           *       "lessonsRemoved": 1,
           *       "lessonsKept": 1,
           *       "isApplied": true,
           *       "isHeld": true,
           *       "reason": "По заявлению родителей",
           *       "errorCount": 1,
           *       "errors": [
           *         {
           *           "row": 1,
           *           "field": "Text",
           *           "code": "curriculum.unknown-group",
           *           "message": "Text"
           *         }
           *       ],
           *       "clashes": [
           *         {
           *           "kind": "teacher",
           *           "who": "Text",
           *           "weekday": 1,
           *           "lessonNumber": 1,
           *           "groups": [
           *             "Text"
           *           ]
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['TimetableReport'];
        };
      };
      /** @description The request breaks its contract. */
      400: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'request.invalid'
              | 'request.malformed'
              | 'request.idempotency-key-invalid'
              | 'request.body-empty'
              | 'curriculum.timetable-unreadable';
          };
        };
      };
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      408: components['responses']['RequestTimeout'];
      /** @description It is not there any more. */
      410: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'curriculum.timetable-unreadable';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests2'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable2'];
    };
  };
  setDayOff: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
        /**
         * @description The same key with the same request is done once and answered the same.
         * @example a7d0c1a2-4c7e-4d0b-9f53-2b7f0e6f1c11
         */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
         *       "date": "2026-10-05",
         *       "title": "7А"
         *     }
         */
        'application/json': components['schemas']['SetDayOff'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /** @example {} */
          'application/json': components['schemas']['Done'];
        };
      };
      /** @description The request breaks its contract. */
      400: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'request.invalid'
              | 'request.malformed'
              | 'request.idempotency-key-invalid'
              | 'curriculum.outside-school-year';
          };
        };
      };
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.idempotency-key-reused' | 'curriculum.day-is-over';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  clearDayOff: {
    parameters: {
      query: {
        /**
         * @description id of the school
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        schoolId: string;
        /**
         * @description date
         * @example 2026-10-05
         */
        date: string;
      };
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
        /**
         * @description The same key with the same request is done once and answered the same.
         * @example a7d0c1a2-4c7e-4d0b-9f53-2b7f0e6f1c11
         */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /** @example {} */
          'application/json': components['schemas']['Done'];
        };
      };
      400: components['responses']['BadRequest2'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.idempotency-key-reused' | 'curriculum.day-is-over';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  getSchoolYear: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "years": [
           *         {
           *           "academicYearId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "title": "7А",
           *           "startDate": "2026-10-05",
           *           "endDate": "2026-10-05",
           *           "daysOff": [
           *             {
           *               "date": "2026-10-05",
           *               "kind": "public-holiday",
           *               "title": "7А"
           *             }
           *           ],
           *           "transfers": [
           *             {
           *               "date": "2026-10-05",
           *               "weekday": 1
           *             }
           *           ],
           *           "bells": [
           *             {
           *               "lessonNumber": 1,
           *               "startsAt": "08:30",
           *               "endsAt": "09:15"
           *             }
           *           ],
           *           "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "periods": [
           *             {
           *               "periodId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *               "title": "II четверть",
           *               "kind": "quarter",
           *               "startDate": "2026-10-05",
           *               "endDate": "2026-10-05"
           *             }
           *           ]
           *         }
           *       ],
           *       "earlier": [
           *         {
           *           "academicYearId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "title": "7А",
           *           "startDate": "2026-10-05",
           *           "endDate": "2026-10-05",
           *           "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "periods": [
           *             {
           *               "periodId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *               "title": "II четверть",
           *               "kind": "quarter",
           *               "startDate": "2026-10-05",
           *               "endDate": "2026-10-05"
           *             }
           *           ]
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['SchoolYearList'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  setBells: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
        /**
         * @description The same key with the same request is done once and answered the same.
         * @example a7d0c1a2-4c7e-4d0b-9f53-2b7f0e6f1c11
         */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
         *       "bells": [
         *         {
         *           "lessonNumber": 1,
         *           "startsAt": "08:30",
         *           "endsAt": "09:15"
         *         }
         *       ]
         *     }
         */
        'application/json': components['schemas']['SetBells'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /** @example {} */
          'application/json': components['schemas']['Done'];
        };
      };
      /** @description The request breaks its contract. */
      400: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'request.invalid'
              | 'request.malformed'
              | 'request.idempotency-key-invalid'
              | 'curriculum.bells-overlap';
          };
        };
      };
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              'request.idempotency-key-reused' | 'curriculum.bell-in-use' | 'curriculum.outside-school-year';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  transferSchoolDay: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
        /**
         * @description The same key with the same request is done once and answered the same.
         * @example a7d0c1a2-4c7e-4d0b-9f53-2b7f0e6f1c11
         */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "date": "2026-10-05",
         *       "weekday": 1,
         *       "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071"
         *     }
         */
        'application/json': components['schemas']['TransferSchoolDay'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /** @example {} */
          'application/json': components['schemas']['Done'];
        };
      };
      /** @description The request breaks its contract. */
      400: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'request.invalid'
              | 'request.malformed'
              | 'request.idempotency-key-invalid'
              | 'curriculum.outside-school-year';
          };
        };
      };
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.idempotency-key-reused' | 'curriculum.day-is-over';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  getThematicPlan: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path: {
        /**
         * @description id of the group
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        groupId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "groupId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "version": 1,
           *       "lessons": [
           *         {
           *           "position": 1,
           *           "topic": "Линейные уравнения",
           *           "section": "Уравнения",
           *           "homework": "§ 12, № 214–216",
           *           "isControlWork": true
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ThematicPlanView'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'curriculum.group-not-found';
          };
        };
      };
      414: components['responses']['PathTooLong'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  importThematicPlan: {
    parameters: {
      query?: {
        /**
         * @description report only
         * @example true
         */
        dryRun?: boolean;
        /**
         * @description the version of the plan that is to be replaced, as the dry run or the plan itself says it
         * @example 1
         */
        replacesVersion?: number;
        /**
         * @description the sheet; the first visible one with a heading when left out
         * @example Text
         */
        sheet?: string;
        /**
         * @description row of the headings, from 1; 0 for none
         * @example 1
         */
        headingRow?: number;
        /**
         * @description column of topics, from 1; 0 for none; by its heading when left out
         * @example 1
         */
        topicColumn?: number;
        /**
         * @description column of sections, from 1; 0 for none; by its heading when left out
         * @example 1
         */
        sectionColumn?: number;
        /**
         * @description column of homework, from 1; 0 for none; by its heading when left out
         * @example 1
         */
        homeworkColumn?: number;
        /**
         * @description column of marks of control work, from 1; 0 for none; by its heading when left out
         * @example 1
         */
        controlWorkColumn?: number;
      };
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path: {
        /**
         * @description id of the group
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        groupId: string;
      };
      cookie?: never;
    };
    /** @description The file, at most 5242880 bytes. */
    requestBody: {
      content: {
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "groupId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "version": 1,
           *       "lessons": [
           *         {
           *           "position": 1,
           *           "topic": "Линейные уравнения",
           *           "section": "Уравнения",
           *           "homework": "§ 12, № 214–216",
           *           "isControlWork": true
           *         }
           *       ],
           *       "isApplied": true,
           *       "isHeld": true,
           *       "lessonsBefore": 1,
           *       "sheets": [
           *         {
           *           "name": "Соколова Анна Сергеевна",
           *           "isHidden": true,
           *           "rows": 1
           *         }
           *       ],
           *       "sheet": "Text",
           *       "headingRow": 1,
           *       "columns": [
           *         {
           *           "column": 1,
           *           "heading": "Text",
           *           "field": "topic"
           *         }
           *       ],
           *       "errorCount": 1,
           *       "errors": [
           *         {
           *           "row": 1,
           *           "field": "topic",
           *           "code": "curriculum.plan-cell-unreadable",
           *           "text": "Text"
           *         }
           *       ],
           *       "passedOverCount": 1,
           *       "passedOver": [
           *         {
           *           "row": 1,
           *           "text": "Text"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ThematicPlanReport'];
        };
      };
      /** @description The request breaks its contract. */
      400: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'request.invalid'
              | 'request.malformed'
              | 'request.idempotency-key-invalid'
              | 'request.body-empty'
              | 'curriculum.plan-unreadable';
          };
        };
      };
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'curriculum.group-not-found';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'curriculum.plan-changed';
          };
        };
      };
      /** @description It is not there any more. */
      410: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'curriculum.plan-unreadable';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      /** @description Too many requests. */
      429: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rate-limited' | 'request.too-many-uploads' | 'curriculum.plans-wait';
          };
        };
      };
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable2'];
    };
  };
  listDays: {
    parameters: {
      query: {
        /**
         * @description from
         * @example 2026-10-05
         */
        from: string;
        /**
         * @description at most 31 days, both ends included
         * @example 2026-10-05
         */
        to: string;
      };
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path: {
        /**
         * @description id of the student
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        studentId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "studentId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "studentName": "Соколова Анна",
           *       "classTitle": "7А",
           *       "timeZone": "Europe/Moscow",
           *       "days": [
           *         {
           *           "date": "2026-10-05",
           *           "dayOff": "День народного единства",
           *           "lessons": [
           *             {
           *               "lessonId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *               "lessonNumber": 1,
           *               "startsAt": "08:30",
           *               "endsAt": "09:15",
           *               "subjectTitle": "Алгебра",
           *               "room": "214",
           *               "teacher": "Иванова Мария Петровна",
           *               "topic": "Линейные уравнения",
           *               "homework": {
           *                 "text": "Text",
           *                 "individual": "Text",
           *                 "noHomework": true,
           *                 "dueDate": "2026-10-05"
           *               },
           *               "comment": "Text",
           *               "marks": [
           *                 {
           *                   "markId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *                   "value": "5",
           *                   "workTypeTitle": "Контрольная работа",
           *                   "weight": 1,
           *                   "comment": "Text",
           *                   "previousValue": "4",
           *                   "recordedAt": "2026-10-05T08:30:00Z"
           *                 }
           *               ],
           *               "absence": {
           *                 "code": "ABSENT",
           *                 "minutesLate": 1,
           *                 "reason": "По заявлению родителей"
           *               }
           *             }
           *           ]
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['DiaryDaysView'];
        };
      };
      304: components['responses']['NotModified'];
      /** @description The request breaks its contract. */
      400: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed' | 'diary.range-too-long';
          };
        };
      };
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'diary.student-not-found';
          };
        };
      };
      414: components['responses']['PathTooLong'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  listSubjectMarks: {
    parameters: {
      query?: {
        /**
         * @description a study period; the current one if left out
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        periodId?: string;
      };
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path: {
        /**
         * @description id of the student
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        studentId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "studentId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "periodId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "periods": [
           *         {
           *           "periodId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "title": "7А",
           *           "startDate": "2026-10-05",
           *           "endDate": "2026-10-05"
           *         }
           *       ],
           *       "subjects": [
           *         {
           *           "subjectTitle": "Алгебра",
           *           "teacher": "Иванова Мария Петровна",
           *           "average": 1,
           *           "weightedAverage": 1,
           *           "absences": 1,
           *           "marks": [
           *             {
           *               "markId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *               "value": "5",
           *               "workTypeTitle": "Контрольная работа",
           *               "weight": 1,
           *               "comment": "Text",
           *               "previousValue": "4",
           *               "recordedAt": "2026-10-05T08:30:00Z",
           *               "date": "2026-10-05",
           *               "lessonId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071"
           *             }
           *           ]
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['SubjectMarksView'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'diary.student-not-found' | 'diary.period-not-found';
          };
        };
      };
      414: components['responses']['PathTooLong'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  startSession: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "login": "ivanova.av",
         *       "password": "a long password of one’s own"
         *     }
         */
        'application/json': components['schemas']['StartSession'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          /** @description the refresh token in parta_refresh */
          'Set-Cookie'?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "accessToken": "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIwMTk3In0.c2lnbmF0dXJl",
           *       "expiresIn": 1,
           *       "mustChangePassword": true
           *     }
           */
          'application/json': components['schemas']['SessionView'];
        };
      };
      400: components['responses']['BadRequest'];
      /** @description Credentials are missing or not valid. */
      401: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'WWW-Authenticate': components['headers']['Challenge'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'access.token-invalid' | 'access.token-expired' | 'identity.wrong-credentials';
          };
        };
      };
      /** @description This caller may not do this. */
      403: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'access.cross-site' | 'identity.account-blocked';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      /** @description Too many requests. */
      429: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rate-limited' | 'identity.locked-out';
          };
        };
      };
      500: components['responses']['Failure'];
      /** @description It cannot be answered just now. */
      503: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'service.unavailable' | 'service.busy' | 'identity.busy';
          };
        };
      };
    };
  };
  endSession: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          /** @description the refresh cookie, cleared */
          'Set-Cookie'?: string;
          [name: string]: unknown;
        };
        content: {
          /** @example {} */
          'application/json': components['schemas']['Done'];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized2'];
      403: components['responses']['Forbidden2'];
      408: components['responses']['RequestTimeout'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  refreshSession: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          /** @description the refresh token in parta_refresh */
          'Set-Cookie'?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "accessToken": "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIwMTk3In0.c2lnbmF0dXJl",
           *       "expiresIn": 1,
           *       "mustChangePassword": true
           *     }
           */
          'application/json': components['schemas']['SessionView'];
        };
      };
      400: components['responses']['BadRequest'];
      /** @description Credentials are missing or not valid. */
      401: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'WWW-Authenticate': components['headers']['Challenge'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'access.token-invalid'
              | 'access.token-expired'
              | 'identity.session-ended'
              | 'identity.refresh-token-reused'
              | 'identity.session-idle';
          };
        };
      };
      403: components['responses']['Forbidden2'];
      408: components['responses']['RequestTimeout'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  changePassword: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "currentPassword": "the password until now",
         *       "newPassword": "a new long password"
         *     }
         */
        'application/json': components['schemas']['ChangePassword'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          /** @description the refresh token in parta_refresh */
          'Set-Cookie'?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "accessToken": "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIwMTk3In0.c2lnbmF0dXJl",
           *       "expiresIn": 1,
           *       "mustChangePassword": true
           *     }
           */
          'application/json': components['schemas']['SessionView'];
        };
      };
      /** @description The request breaks its contract. */
      400: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'request.invalid'
              | 'request.malformed'
              | 'request.idempotency-key-invalid'
              | 'identity.password-too-weak';
          };
        };
      };
      /** @description Credentials are missing or not valid. */
      401: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'WWW-Authenticate': components['headers']['Challenge'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'access.unauthenticated'
              | 'access.token-invalid'
              | 'access.token-expired'
              | 'identity.wrong-credentials';
          };
        };
      };
      403: components['responses']['Forbidden3'];
      408: components['responses']['RequestTimeout'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      /** @description Too many requests. */
      429: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rate-limited' | 'identity.locked-out';
          };
        };
      };
      500: components['responses']['Failure'];
      /** @description It cannot be answered just now. */
      503: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'service.unavailable' | 'service.busy' | 'identity.busy';
          };
        };
      };
    };
  };
  endOtherSession: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
        /**
         * @description The same key with the same request is done once and answered the same.
         * @example a7d0c1a2-4c7e-4d0b-9f53-2b7f0e6f1c11
         */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description id of the session
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /** @example {} */
          'application/json': components['schemas']['Done'];
        };
      };
      400: components['responses']['BadRequest2'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'identity.session-not-found';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      409: components['responses']['Conflict'];
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  getMe: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "accountId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "login": "a.sokolova",
           *       "person": {
           *         "familyName": "Соколова",
           *         "givenName": "Анна",
           *         "middleName": "Сергеевна"
           *       },
           *       "mustChangePassword": true,
           *       "grants": [
           *         {
           *           "role": "regional-operator",
           *           "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "personId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "classIds": [
           *             "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071"
           *           ],
           *           "classTitles": [
           *             "Text"
           *           ]
           *         }
           *       ],
           *       "schools": [
           *         {
           *           "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "name": "Соколова Анна Сергеевна",
           *           "kind": "school",
           *           "timeZone": "Europe/Moscow"
           *         }
           *       ],
           *       "children": [
           *         {
           *           "familyName": "Соколова",
           *           "givenName": "Анна",
           *           "middleName": "Сергеевна",
           *           "studentId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "classTitle": "5А"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['MeView'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  listSessions: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "sessions": [
           *         {
           *           "sessionId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "startedAt": "2026-10-05T08:30:00Z",
           *           "lastUsedAt": "2026-10-05T08:30:00Z",
           *           "address": "anna@example.ru",
           *           "userAgent": "Mozilla/5.0",
           *           "isCurrent": true
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['SessionList'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  acceptInvitation: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "code": "K7QM-4T2X-9HRA",
         *       "login": "L.N",
         *       "password": "a long password of one’s own",
         *       "joinOnly": true
         *     }
         */
        'application/json': components['schemas']['AcceptInvitation'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          /** @description the refresh token in parta_refresh */
          'Set-Cookie'?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "accessToken": "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIwMTk3In0.c2lnbmF0dXJl",
           *       "expiresIn": 1,
           *       "mustChangePassword": true
           *     }
           */
          'application/json': components['schemas']['SessionView'];
        };
      };
      /** @description The request breaks its contract. */
      400: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed' | 'identity.password-too-weak';
          };
        };
      };
      401: components['responses']['Unauthorized2'];
      /** @description This caller may not do this. */
      403: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'access.cross-site' | 'identity.account-blocked';
          };
        };
      };
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'identity.invitation-unknown';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'identity.account-exists' | 'identity.login-taken' | 'identity.join-refused';
          };
        };
      };
      /** @description It is not there any more. */
      410: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'identity.invitation-used' | 'identity.invitation-expired';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      /** @description Too many requests. */
      429: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rate-limited' | 'identity.locked-out';
          };
        };
      };
      500: components['responses']['Failure'];
      /** @description It cannot be answered just now. */
      503: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'service.unavailable' | 'service.busy' | 'identity.busy';
          };
        };
      };
    };
  };
  checkInvitation: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "code": "K7QM-4T2X-9HRA"
         *     }
         */
        'application/json': components['schemas']['InvitationCode'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "familyName": "Соколова",
           *       "givenName": "Анна",
           *       "middleName": "Сергеевна",
           *       "schoolName": "Школа № 7",
           *       "personKind": "staff",
           *       "children": [
           *         "Text"
           *       ],
           *       "suggestedLogin": "a.sokolova",
           *       "expiresAt": "2026-10-05T08:30:00Z"
           *     }
           */
          'application/json': components['schemas']['InvitationView'];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized2'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'identity.invitation-unknown';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      /** @description It is not there any more. */
      410: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'identity.invitation-used' | 'identity.invitation-expired';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  issueClassInvitations: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path: {
        /**
         * @description id of the class
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        classId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "personIds": [
         *         "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071"
         *       ]
         *     }
         */
        'application/json': {
          /** @description only these students or guardians; everybody of the class without an account if left out */
          personIds?: string[];
        };
      };
    };
    responses: {
      /** @description OK */
      201: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "schoolName": "Школа № 7",
           *       "classTitle": "7А",
           *       "invitations": [
           *         {
           *           "familyName": "Соколова",
           *           "givenName": "Анна",
           *           "middleName": "Сергеевна",
           *           "personId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "personKind": "staff",
           *           "studentName": "Соколова Анна",
           *           "code": "482913",
           *           "expiresAt": "2026-10-05T08:30:00Z"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['IssuedInvitations'];
        };
      };
      400: components['responses']['BadRequest2'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'identity.class-not-found';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  issuePersonInvitation: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path: {
        /**
         * @description id of the person
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        personId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071"
         *     }
         */
        'application/json': {
          /**
           * Format: uuid
           * @description of a person of several schools: for which one; the first without an account if left out
           */
          schoolId?: string;
        };
      };
    };
    responses: {
      /** @description OK */
      201: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "schoolName": "Школа № 7",
           *       "classTitle": "7А",
           *       "invitations": [
           *         {
           *           "familyName": "Соколова",
           *           "givenName": "Анна",
           *           "middleName": "Сергеевна",
           *           "personId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "personKind": "staff",
           *           "studentName": "Соколова Анна",
           *           "code": "482913",
           *           "expiresAt": "2026-10-05T08:30:00Z"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['IssuedInvitations'];
        };
      };
      400: components['responses']['BadRequest2'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'identity.person-not-found';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'identity.account-exists';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  countAccounts: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "counts": [
           *         {
           *           "kind": "staff",
           *           "none": 1,
           *           "invited": 1
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['AccountCounts'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  createAccount: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path: {
        /**
         * @description id of the person
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        personId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "login": "L.N",
         *       "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071"
         *     }
         */
        'application/json': {
          /**
           * @description made from the name if left out
           * @example L.N
           */
          login?: string;
          /**
           * Format: uuid
           * @description of a person of several schools: for this one; for all that the caller answers for if left out
           */
          schoolId?: string;
        };
      };
    };
    responses: {
      /** @description OK */
      201: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "accountId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "login": "a.sokolova",
           *       "initialPassword": "pole-reka-oblako-7"
           *     }
           */
          'application/json': components['schemas']['AccountCredentials'];
        };
      };
      400: components['responses']['BadRequest2'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'identity.person-not-found';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'identity.account-exists' | 'identity.login-taken';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      /** @description It cannot be answered just now. */
      503: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'service.unavailable' | 'service.busy' | 'identity.busy';
          };
        };
      };
    };
  };
  grantRole: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path: {
        /**
         * @description id of the person
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        personId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "role": "administrator",
         *       "orderNumber": "17-к",
         *       "orderDate": "2026-10-05",
         *       "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071"
         *     }
         */
        'application/json': {
          /** @enum {string} */
          role:
            | 'administrator'
            | 'director'
            | 'deputy-head'
            | 'secretary'
            | 'teacher'
            | 'homeroom-teacher'
            | 'group-curator'
            | 'nurse'
            | 'social-pedagogue'
            | 'psychologist'
            | 'librarian'
            | 'admission-secretary'
            | 'additional-education-teacher';
          /** @description number of the order of appointment (R10) */
          orderNumber?: string | null;
          /** Format: date */
          orderDate?: string | null;
          /**
           * Format: uuid
           * @description of a person of several schools: in which one; has to be said
           */
          schoolId?: string;
        };
      };
    };
    responses: {
      /** @description OK */
      201: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "grantId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "role": "regional-operator",
           *       "origin": "roster",
           *       "orderNumber": "17-к",
           *       "orderDate": "2026-10-05"
           *     }
           */
          'application/json': components['schemas']['PersonGrant'];
        };
      };
      400: components['responses']['BadRequest2'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'identity.person-not-found';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'identity.grant-exists' | 'identity.not-staff';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  listPeople: {
    parameters: {
      query?: {
        /**
         * @description part of a name or login
         * @example Text
         */
        q?: string;
        /**
         * @description kind
         * @example staff
         */
        kind?: 'staff' | 'student' | 'guardian';
        /**
         * @description students of the class and their guardians
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        classId?: string;
        /**
         * @description for the regional operator: the school
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        schoolId?: string;
        /**
         * @description account
         * @example none
         */
        account?: 'none' | 'invited' | 'active' | 'blocked';
        /**
         * @description sort
         * @example name
         */
        sort?: 'name' | 'class' | 'account';
        /**
         * @description from 1
         * @example 1
         */
        page?: number;
        /**
         * @description 50 unless said
         * @example 1
         */
        pageSize?: number;
      };
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "people": [
           *         {
           *           "familyName": "Соколова",
           *           "givenName": "Анна",
           *           "middleName": "Сергеевна",
           *           "personId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "kind": "staff",
           *           "classTitles": [
           *             "Text"
           *           ],
           *           "relatives": [
           *             "Text"
           *           ],
           *           "grants": [
           *             {
           *               "grantId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *               "role": "regional-operator",
           *               "origin": "roster",
           *               "orderNumber": "17-к",
           *               "orderDate": "2026-10-05"
           *             }
           *           ],
           *           "accountState": "none",
           *           "accountId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "login": "a.sokolova",
           *           "lastSignInAt": "2026-10-05T08:30:00Z"
           *         }
           *       ],
           *       "total": 1
           *     }
           */
          'application/json': components['schemas']['PeoplePage'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  resetPassword: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path: {
        /**
         * @description id of the account
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        accountId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "accountId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "login": "a.sokolova",
           *       "initialPassword": "pole-reka-oblako-7"
           *     }
           */
          'application/json': components['schemas']['AccountCredentials'];
        };
      };
      400: components['responses']['BadRequest2'];
      401: components['responses']['Unauthorized'];
      /** @description This caller may not do this. */
      403: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'access.forbidden'
              | 'access.another-school'
              | 'access.password-change-required'
              | 'identity.own-account'
              | 'identity.account-of-other-schools';
          };
        };
      };
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'identity.account-not-found';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      /** @description It cannot be answered just now. */
      503: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'service.unavailable' | 'service.busy' | 'identity.busy';
          };
        };
      };
    };
  };
  revokeRole: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path: {
        /**
         * @description id of the person
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        personId: string;
        /**
         * @description id of the grant
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        grantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /** @example {} */
          'application/json': components['schemas']['Done'];
        };
      };
      400: components['responses']['BadRequest2'];
      401: components['responses']['Unauthorized'];
      /** @description This caller may not do this. */
      403: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'access.forbidden'
              | 'access.another-school'
              | 'access.password-change-required'
              | 'identity.own-account';
          };
        };
      };
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'identity.person-not-found' | 'identity.grant-not-found';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'identity.grant-follows-roster';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  setAccountBlocked: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path: {
        /**
         * @description id of the account
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        accountId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "isBlocked": true,
         *       "reason": "По заявлению родителей"
         *     }
         */
        'application/json': {
          isBlocked: boolean;
          /** @description why, for the record */
          reason: string;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /** @example {} */
          'application/json': components['schemas']['Done'];
        };
      };
      400: components['responses']['BadRequest2'];
      401: components['responses']['Unauthorized'];
      /** @description This caller may not do this. */
      403: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'access.forbidden'
              | 'access.another-school'
              | 'access.password-change-required'
              | 'identity.own-account'
              | 'identity.account-of-other-schools';
          };
        };
      };
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'identity.account-not-found';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  listClients: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "clients": [
           *         {
           *           "clientId": "0197b3c4-0000-7000-8000-00000000000c",
           *           "name": "Соколова Анна Сергеевна",
           *           "scopes": [
           *             "Text"
           *           ],
           *           "isBlocked": true,
           *           "registeredAt": "2026-10-05T08:30:00Z",
           *           "lastTokenAt": "2026-10-05T08:30:00Z"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ClientList'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  registerClient: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Региональная ИС «Контингент»",
         *       "scopes": [
         *         "roster.write"
         *       ]
         *     }
         */
        'application/json': components['schemas']['RegisterClient'];
      };
    };
    responses: {
      /** @description OK */
      201: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "clientId": "0197b3c4-0000-7000-8000-00000000000c",
           *       "clientSecret": "secret-that-is-shown-once"
           *     }
           */
          'application/json': components['schemas']['ClientCredentials'];
        };
      };
      400: components['responses']['BadRequest2'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      408: components['responses']['RequestTimeout'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  requestToken: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "grant_type": "client_credentials",
         *       "client_id": "0197b3c4-0000-7000-8000-00000000000c",
         *       "client_secret": "secret-that-is-shown-once",
         *       "scope": "roster.write timetable.write"
         *     }
         */
        'application/json': {
          /** @enum {string} */
          grant_type: 'client_credentials';
          client_id?: string;
          client_secret?: string;
          /** @description space-separated; all allowed scopes if left out */
          scope?: string;
        } & {
          [key: string]: unknown;
        };
        /**
         * @example {
         *       "grant_type": "client_credentials",
         *       "client_id": "0197b3c4-0000-7000-8000-00000000000c",
         *       "client_secret": "secret-that-is-shown-once",
         *       "scope": "roster.write timetable.write"
         *     }
         */
        'application/x-www-form-urlencoded': {
          /** @enum {string} */
          grant_type: 'client_credentials';
          client_id?: string;
          client_secret?: string;
          /** @description space-separated; all allowed scopes if left out */
          scope?: string;
        } & {
          [key: string]: unknown;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "access_token": "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIwMTk3In0.c2lnbmF0dXJl",
           *       "token_type": "Bearer",
           *       "expires_in": 1,
           *       "scope": "roster.write timetable.write"
           *     }
           */
          'application/json': components['schemas']['TokenView'];
        };
      };
      /** @description The request breaks its contract. */
      400: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TokenError'];
        };
      };
      /** @description Credentials are missing or not valid. */
      401: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'WWW-Authenticate': components['headers']['Challenge'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TokenError'];
        };
      };
      /** @description The body did not come in time. */
      408: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TokenError'];
        };
      };
      /** @description The body is too large. */
      413: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TokenError'];
        };
      };
      /** @description The body is of a media type that is not taken here. */
      415: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TokenError'];
        };
      };
      /** @description Too many requests. */
      429: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TokenError'];
        };
      };
      /** @description The request failed unexpectedly. */
      500: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TokenError'];
        };
      };
      /** @description It cannot be answered just now. */
      503: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TokenError'];
        };
      };
    };
  };
  setClientBlocked: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
        /**
         * @description The same key with the same request is done once and answered the same.
         * @example a7d0c1a2-4c7e-4d0b-9f53-2b7f0e6f1c11
         */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description id of the client
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        clientId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "isBlocked": true
         *     }
         */
        'application/json': {
          isBlocked: boolean;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /** @example {} */
          'application/json': components['schemas']['Done'];
        };
      };
      400: components['responses']['BadRequest2'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'identity.client-not-found';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      409: components['responses']['Conflict'];
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  getLesson: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path: {
        /**
         * @description id of the lesson
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        lessonId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "lessonId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "date": "2026-10-05",
           *       "lessonNumber": 1,
           *       "groupId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "groupTitle": "7А Алгебра",
           *       "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "subjectTitle": "Алгебра",
           *       "startsAt": "08:30",
           *       "endsAt": "09:15",
           *       "room": "214",
           *       "topic": "Линейные уравнения",
           *       "hasHomework": true,
           *       "students": 1,
           *       "absent": 1,
           *       "marks": 1,
           *       "lacksEntries": true,
           *       "entryDeadline": "2026-10-05T08:30:00Z",
           *       "isOpen": true,
           *       "isOutsideTimetable": true,
           *       "version": 1,
           *       "plannedTopic": "Линейные уравнения",
           *       "plannedHomework": "§ 12, № 214–216",
           *       "workTypeId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "homework": {
           *         "text": "Text",
           *         "noHomework": true,
           *         "dueDate": "2026-10-05",
           *         "individual": [
           *           {
           *             "studentId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *             "text": "Text"
           *           }
           *         ]
           *       },
           *       "commentForFamilies": "Text",
           *       "attendanceTaken": true,
           *       "isMine": true,
           *       "closedBecause": "Text",
           *       "opening": {
           *         "state": "asked",
           *         "openUntil": "2026-10-05",
           *         "answer": "Text"
           *       },
           *       "list": [
           *         {
           *           "studentId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "name": "Соколова Анна Сергеевна",
           *           "cell": {
           *             "lessonId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *             "studentId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *             "version": 1,
           *             "attendance": "ABSENT",
           *             "minutesLate": 1,
           *             "marks": [
           *               {
           *                 "markId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *                 "value": "5",
           *                 "workTypeId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *                 "comment": "Text",
           *                 "isLate": true
           *               }
           *             ]
           *           }
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['LessonCard'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'journal.lesson-not-found';
          };
        };
      };
      414: components['responses']['PathTooLong'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  describeLesson: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
        /**
         * @description The same key with the same request is done once and answered the same.
         * @example a7d0c1a2-4c7e-4d0b-9f53-2b7f0e6f1c11
         */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description id of the lesson
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        lessonId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "version": 1,
         *       "topic": "Линейные уравнения",
         *       "workTypeId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
         *       "homework": {
         *         "text": "Text",
         *         "noHomework": true,
         *         "dueDate": "2026-10-05",
         *         "individual": [
         *           {
         *             "studentId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
         *             "text": "Text"
         *           }
         *         ]
         *       },
         *       "commentForFamilies": "Text"
         *     }
         */
        'application/json': {
          /** @description version the teacher saw */
          version: number;
          topic?: string | null;
          /**
           * Format: uuid
           * @description kind of work of the lesson (R111, R115)
           */
          workTypeId?: string | null;
          homework?: components['schemas']['HomeworkView'];
          commentForFamilies?: string | null;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "version": 1,
           *       "savedAt": "2026-10-05T08:30:00Z"
           *     }
           */
          'application/json': components['schemas']['DescribedLesson'];
        };
      };
      /** @description The request breaks its contract. */
      400: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'request.invalid'
              | 'request.malformed'
              | 'request.idempotency-key-invalid'
              | 'journal.homework-contradiction'
              | 'journal.homework-due-before-lesson'
              | 'journal.work-type-unknown';
          };
        };
      };
      401: components['responses']['Unauthorized'];
      /** @description This caller may not do this. */
      403: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'access.forbidden'
              | 'access.another-school'
              | 'access.password-change-required'
              | 'journal.not-your-lesson';
          };
        };
      };
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'journal.lesson-not-found';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'request.idempotency-key-reused'
              | 'journal.lesson-stale'
              | 'journal.entry-window-closed'
              | 'journal.student-not-in-group';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  listMyLessons: {
    parameters: {
      query: {
        /**
         * @description date
         * @example 2026-10-05
         */
        date: string;
      };
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "date": "2026-10-05",
           *       "lessons": [
           *         {
           *           "lessonId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "date": "2026-10-05",
           *           "lessonNumber": 1,
           *           "groupId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "groupTitle": "7А Алгебра",
           *           "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "subjectTitle": "Алгебра",
           *           "startsAt": "08:30",
           *           "endsAt": "09:15",
           *           "room": "214",
           *           "topic": "Линейные уравнения",
           *           "hasHomework": true,
           *           "students": 1,
           *           "absent": 1,
           *           "marks": 1,
           *           "lacksEntries": true,
           *           "entryDeadline": "2026-10-05T08:30:00Z",
           *           "isOpen": true,
           *           "isOutsideTimetable": true
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['DayLessons'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  takeAttendance: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
        /**
         * @description The same key with the same request is done once and answered the same.
         * @example a7d0c1a2-4c7e-4d0b-9f53-2b7f0e6f1c11
         */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description id of the lesson
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        lessonId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "isTaken": true
         *     }
         */
        'application/json': {
          /** @description true: whoever is not entered as absent is present; false: that was said by mistake */
          isTaken: boolean;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "attendanceTaken": true,
           *       "savedAt": "2026-10-05T08:30:00Z"
           *     }
           */
          'application/json': components['schemas']['AttendanceTaken'];
        };
      };
      400: components['responses']['BadRequest2'];
      401: components['responses']['Unauthorized'];
      /** @description This caller may not do this. */
      403: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'access.forbidden'
              | 'access.another-school'
              | 'access.password-change-required'
              | 'journal.not-your-lesson';
          };
        };
      };
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'journal.lesson-not-found';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.idempotency-key-reused' | 'journal.entry-window-closed';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  getCellHistory: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path: {
        /**
         * @description id of the lesson
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        lessonId: string;
        /**
         * @description id of the student
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        studentId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "cell": {
           *         "lessonId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *         "studentId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *         "version": 1,
           *         "attendance": "ABSENT",
           *         "minutesLate": 1,
           *         "marks": [
           *           {
           *             "markId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *             "value": "5",
           *             "workTypeId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *             "comment": "Text",
           *             "isLate": true
           *           }
           *         ]
           *       },
           *       "changes": [
           *         {
           *           "changedAt": "2026-10-05T08:30:00Z",
           *           "changedBy": "Иванова Мария Петровна",
           *           "subject": "mark",
           *           "before": "4",
           *           "after": "5",
           *           "reason": "По заявлению родителей",
           *           "isLate": true
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['CellHistory'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'journal.lesson-not-found';
          };
        };
      };
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'journal.student-not-in-group';
          };
        };
      };
      414: components['responses']['PathTooLong'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  listWorkTypes: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "workTypes": [
           *         {
           *           "workTypeId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "title": "Контрольная работа",
           *           "shortCode": "КР",
           *           "weight": 1,
           *           "isWritten": true
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['WorkTypeList'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  recordEntries: {
    parameters: {
      query?: never;
      header: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
        /**
         * @description The same key with the same request is done once and answered the same.
         * @example a7d0c1a2-4c7e-4d0b-9f53-2b7f0e6f1c11
         */
        'Idempotency-Key': string;
      };
      path: {
        /**
         * @description id of the lesson
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        lessonId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "entries": [
         *         {
         *           "kind": "mark",
         *           "studentId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
         *           "cellVersion": 1,
         *           "value": "5",
         *           "markId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
         *           "workTypeId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
         *           "comment": "Text",
         *           "code": "ABSENT",
         *           "minutesLate": 1,
         *           "reason": "По заявлению родителей"
         *         }
         *       ]
         *     }
         */
        'application/json': {
          entries: components['schemas']['JournalEntry'][];
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "savedAt": "2026-10-05T08:30:00Z",
           *       "cells": [
           *         {
           *           "lessonId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "studentId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "version": 1,
           *           "attendance": "ABSENT",
           *           "minutesLate": 1,
           *           "marks": [
           *             {
           *               "markId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *               "value": "5",
           *               "workTypeId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *               "comment": "Text",
           *               "isLate": true
           *             }
           *           ]
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['RecordedEntries'];
        };
      };
      /** @description The request breaks its contract. */
      400: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'request.invalid'
              | 'request.malformed'
              | 'request.idempotency-key-missing'
              | 'request.idempotency-key-invalid'
              | 'journal.work-type-unknown';
          };
        };
      };
      401: components['responses']['Unauthorized'];
      /** @description This caller may not do this. */
      403: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'access.forbidden'
              | 'access.another-school'
              | 'access.password-change-required'
              | 'journal.not-your-lesson';
          };
        };
      };
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'journal.lesson-not-found' | 'journal.mark-not-found';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'request.idempotency-key-reused'
              | 'journal.lesson-not-begun'
              | 'journal.entry-window-closed'
              | 'journal.student-not-in-group'
              | 'journal.cell-stale'
              | 'journal.no-marks-in-first-year'
              | 'journal.too-many-marks';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  getJournalPage: {
    parameters: {
      query: {
        /**
         * @description from
         * @example 2026-10-05
         */
        from: string;
        /**
         * @description at most 200 days after from
         * @example 2026-10-05
         */
        to: string;
      };
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path: {
        /**
         * @description id of the group
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        groupId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "groupId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "title": "7А",
           *       "subjectTitle": "Алгебра",
           *       "teacher": "Иванова Мария Петровна",
           *       "isMine": true,
           *       "lessons": [
           *         {
           *           "lessonId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "date": "2026-10-05",
           *           "lessonNumber": 1,
           *           "workCode": "К",
           *           "topic": "Линейные уравнения",
           *           "homework": "§ 12, № 214–216",
           *           "hasHomework": true,
           *           "attendanceTaken": true,
           *           "isOpen": true,
           *           "closedBecause": "Text",
           *           "opening": "asked",
           *           "isOutsideTimetable": true
           *         }
           *       ],
           *       "students": [
           *         {
           *           "studentId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "name": "Соколова Анна Сергеевна",
           *           "average": 1,
           *           "weightedAverage": 1,
           *           "isActive": true
           *         }
           *       ],
           *       "cells": [
           *         {
           *           "lessonId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "studentId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "version": 1,
           *           "attendance": "ABSENT",
           *           "minutesLate": 1,
           *           "marks": [
           *             {
           *               "markId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *               "value": "5",
           *               "workTypeId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *               "comment": "Text",
           *               "isLate": true
           *             }
           *           ]
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['JournalPageView'];
        };
      };
      304: components['responses']['NotModified'];
      /** @description The request breaks its contract. */
      400: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed' | 'journal.range-too-long';
          };
        };
      };
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'journal.journal-not-found';
          };
        };
      };
      414: components['responses']['PathTooLong'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  listJournals: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "journals": [
           *         {
           *           "groupId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "title": "7А",
           *           "subjectTitle": "Алгебра",
           *           "teacher": "Иванова Мария Петровна",
           *           "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "classTitle": "7А",
           *           "isMine": true,
           *           "students": 1,
           *           "isPast": true
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['JournalList'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  decideOpening: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
        /**
         * @description The same key with the same request is done once and answered the same.
         * @example a7d0c1a2-4c7e-4d0b-9f53-2b7f0e6f1c11
         */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description id of the request
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        requestId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "isGranted": true,
         *       "openUntil": "2026-10-05",
         *       "answer": "Text"
         *     }
         */
        'application/json': {
          isGranted: boolean;
          /**
           * Format: date
           * @description for a granted one: today or one of the next 30 days
           */
          openUntil?: string;
          /** @description for a refused one: why */
          answer?: string | null;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "lessonId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "date": "2026-10-05",
           *       "lessonNumber": 1,
           *       "groupId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "groupTitle": "7А Алгебра",
           *       "requestId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "teacher": "Иванова Мария Петровна",
           *       "reason": "По заявлению родителей",
           *       "askedAt": "2026-10-05T08:30:00Z",
           *       "state": "asked",
           *       "openUntil": "2026-10-05",
           *       "answer": "Text",
           *       "decidedBy": "Смирнов Олег Игоревич",
           *       "decidedAt": "2026-10-05T08:30:00Z"
           *     }
           */
          'application/json': components['schemas']['OpeningRequest'];
        };
      };
      /** @description The request breaks its contract. */
      400: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'request.invalid'
              | 'request.malformed'
              | 'request.idempotency-key-invalid'
              | 'journal.opening-date-out-of-range'
              | 'journal.refusal-without-reason';
          };
        };
      };
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'journal.opening-not-found';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.idempotency-key-reused' | 'journal.opening-already-decided';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  listOpeningRequests: {
    parameters: {
      query?: {
        /**
         * @description only those that wait for an answer
         * @example true
         */
        isWaiting?: boolean;
      };
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "waiting": 1,
           *       "requests": [
           *         {
           *           "lessonId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "date": "2026-10-05",
           *           "lessonNumber": 1,
           *           "groupId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "groupTitle": "7А Алгебра",
           *           "requestId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "teacher": "Иванова Мария Петровна",
           *           "reason": "По заявлению родителей",
           *           "askedAt": "2026-10-05T08:30:00Z",
           *           "state": "asked",
           *           "openUntil": "2026-10-05",
           *           "answer": "Text",
           *           "decidedBy": "Смирнов Олег Игоревич",
           *           "decidedAt": "2026-10-05T08:30:00Z"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['OpeningRequests'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  requestOpening: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
        /**
         * @description The same key with the same request is done once and answered the same.
         * @example a7d0c1a2-4c7e-4d0b-9f53-2b7f0e6f1c11
         */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description id of the lesson
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        lessonId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "По заявлению родителей"
         *     }
         */
        'application/json': {
          /** @description why something has to be written after the window */
          reason: string;
        };
      };
    };
    responses: {
      /** @description OK */
      201: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "lessonId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "date": "2026-10-05",
           *       "lessonNumber": 1,
           *       "groupId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "groupTitle": "7А Алгебра",
           *       "requestId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "teacher": "Иванова Мария Петровна",
           *       "reason": "По заявлению родителей",
           *       "askedAt": "2026-10-05T08:30:00Z",
           *       "state": "asked",
           *       "openUntil": "2026-10-05",
           *       "answer": "Text",
           *       "decidedBy": "Смирнов Олег Игоревич",
           *       "decidedAt": "2026-10-05T08:30:00Z"
           *     }
           */
          'application/json': components['schemas']['OpeningRequest'];
        };
      };
      400: components['responses']['BadRequest2'];
      401: components['responses']['Unauthorized'];
      /** @description This caller may not do this. */
      403: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'access.forbidden'
              | 'access.another-school'
              | 'access.password-change-required'
              | 'journal.not-your-lesson';
          };
        };
      };
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'journal.lesson-not-found';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'request.idempotency-key-reused'
              | 'journal.lesson-is-open'
              | 'journal.lesson-not-begun'
              | 'journal.opening-already-requested';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  listClassAbsences: {
    parameters: {
      query: {
        /**
         * @description from
         * @example 2026-10-05
         */
        from: string;
        /**
         * @description at most 62 days after from
         * @example 2026-10-05
         */
        to: string;
      };
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path: {
        /**
         * @description id of the class
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        classId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "absences": [
           *         {
           *           "lessonId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "date": "2026-10-05",
           *           "lessonNumber": 1,
           *           "studentId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "studentName": "Соколова Анна",
           *           "subjectTitle": "Алгебра",
           *           "code": "ABSENT",
           *           "minutesLate": 1,
           *           "reason": "По заявлению родителей",
           *           "cellVersion": 1
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ClassAbsences'];
        };
      };
      304: components['responses']['NotModified'];
      /** @description The request breaks its contract. */
      400: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed' | 'journal.range-too-long';
          };
        };
      };
      401: components['responses']['Unauthorized'];
      /** @description This caller may not do this. */
      403: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'access.forbidden'
              | 'access.another-school'
              | 'access.password-change-required'
              | 'journal.not-your-class';
          };
        };
      };
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'journal.class-not-found';
          };
        };
      };
      414: components['responses']['PathTooLong'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  explainAbsences: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
        /**
         * @description The same key with the same request is done once and answered the same.
         * @example a7d0c1a2-4c7e-4d0b-9f53-2b7f0e6f1c11
         */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description id of the class
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        classId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "absences": [
         *         {
         *           "lessonId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
         *           "studentId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
         *           "cellVersion": 1,
         *           "code": "ABSENT",
         *           "reason": "По заявлению родителей"
         *         }
         *       ]
         *     }
         */
        'application/json': {
          absences: components['schemas']['ExplainAbsence'][];
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "savedAt": "2026-10-05T08:30:00Z",
           *       "cells": [
           *         {
           *           "lessonId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "studentId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "version": 1,
           *           "attendance": "ABSENT",
           *           "minutesLate": 1,
           *           "marks": [
           *             {
           *               "markId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *               "value": "5",
           *               "workTypeId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *               "comment": "Text",
           *               "isLate": true
           *             }
           *           ]
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['RecordedEntries'];
        };
      };
      400: components['responses']['BadRequest2'];
      401: components['responses']['Unauthorized'];
      /** @description This caller may not do this. */
      403: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'access.forbidden'
              | 'access.another-school'
              | 'access.password-change-required'
              | 'journal.not-your-class';
          };
        };
      };
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'journal.class-not-found';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.idempotency-key-reused' | 'journal.cell-stale' | 'journal.not-an-absence';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  listMissing: {
    parameters: {
      query: {
        /**
         * @description date
         * @example 2026-10-05
         */
        date: string;
        /**
         * @description also the lessons of the day that have not ended yet
         * @example true
         */
        withComing?: boolean;
      };
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "date": "2026-10-05",
           *       "held": 1,
           *       "complete": 1,
           *       "lessons": [
           *         {
           *           "lessonId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "groupId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "groupTitle": "Алгебра, 7А",
           *           "teacher": "Иванова Мария Петровна",
           *           "lessonNumber": 1,
           *           "startsAt": "08:30",
           *           "lacksTopic": true,
           *           "lacksHomework": true,
           *           "lacksEntries": true,
           *           "entryDeadline": "2026-10-05T08:30:00Z",
           *           "isOverdue": true
           *         }
           *       ],
           *       "coming": [
           *         {
           *           "lessonId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "groupId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "groupTitle": "Алгебра, 7А",
           *           "teacher": "Иванова Мария Петровна",
           *           "lessonNumber": 1,
           *           "startsAt": "08:30",
           *           "lacksTopic": true,
           *           "lacksHomework": true,
           *           "lacksEntries": true,
           *           "entryDeadline": "2026-10-05T08:30:00Z",
           *           "isOverdue": true
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['MissingView'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  getSettings: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "schools": [
           *         {
           *           "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "schoolName": "Школа № 7",
           *           "timeZone": "Europe/Moscow",
           *           "quietFrom": "21:00",
           *           "quietTo": "08:00",
           *           "digestAt": "19:00",
           *           "email": {
           *             "state": "unavailable",
           *             "address": "anna@example.ru",
           *             "proposedAddress": "Text",
           *             "pendingAddress": "Text",
           *             "openedAt": "2026-10-05T08:30:00Z",
           *             "consentVersion": "Text",
           *             "consentText": "Text"
           *           },
           *           "sms": {
           *             "state": "unavailable",
           *             "address": "anna@example.ru",
           *             "proposedAddress": "Text",
           *             "pendingAddress": "Text",
           *             "openedAt": "2026-10-05T08:30:00Z",
           *             "consentVersion": "Text",
           *             "consentText": "Text"
           *           }
           *         }
           *       ],
           *       "children": [
           *         {
           *           "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "studentId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "familyName": "Соколова",
           *           "givenName": "Анна",
           *           "classTitle": "7А",
           *           "version": 1,
           *           "choices": [
           *             {
           *               "kind": "mark",
           *               "email": "off",
           *               "sms": "off"
           *             }
           *           ]
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['NotificationSettings'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  setChildChoices: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
        /**
         * @description The same key with the same request is done once and answered the same.
         * @example a7d0c1a2-4c7e-4d0b-9f53-2b7f0e6f1c11
         */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description id of the student
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        studentId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "version": 1,
         *       "choices": [
         *         {
         *           "kind": "mark",
         *           "email": "off",
         *           "sms": "off"
         *         }
         *       ]
         *     }
         */
        'application/json': {
          /** @description version that the guardian saw */
          version: number;
          choices: components['schemas']['KindChoice'][];
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "studentId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "familyName": "Соколова",
           *       "givenName": "Анна",
           *       "classTitle": "7А",
           *       "version": 1,
           *       "choices": [
           *         {
           *           "kind": "mark",
           *           "email": "off",
           *           "sms": "off"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ChildChoices'];
        };
      };
      /** @description The request breaks its contract. Codes at fields: `notifications.kind-repeated`. */
      400: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed' | 'request.idempotency-key-invalid';
          };
        };
      };
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. Codes at fields: `notifications.kind-repeated`. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'notifications.child-not-found';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. Codes at fields: `notifications.kind-repeated`. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'request.idempotency-key-reused'
              | 'notifications.contact-not-open'
              | 'notifications.choices-stale';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  setHours: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
        /**
         * @description The same key with the same request is done once and answered the same.
         * @example a7d0c1a2-4c7e-4d0b-9f53-2b7f0e6f1c11
         */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description id of the school
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        schoolId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "quietFrom": "21:00",
         *       "quietTo": "08:00",
         *       "digestAt": "19:00"
         *     }
         */
        'application/json': {
          /** @example 21:00 */
          quietFrom: string;
          /** @example 08:00 */
          quietTo: string;
          /** @example 19:00 */
          digestAt: string;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "quietFrom": "21:00",
           *       "quietTo": "08:00",
           *       "digestAt": "19:00"
           *     }
           */
          'application/json': components['schemas']['SetHours'];
        };
      };
      /** @description The request breaks its contract. Codes at fields: `notifications.digest-in-quiet-hours`. */
      400: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed' | 'request.idempotency-key-invalid';
          };
        };
      };
      401: components['responses']['Unauthorized'];
      /** @description This caller may not do this. Codes at fields: `notifications.digest-in-quiet-hours`. */
      403: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'access.forbidden' | 'access.another-school' | 'access.password-change-required';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      409: components['responses']['Conflict'];
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  closeContact: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
        /**
         * @description The same key with the same request is done once and answered the same.
         * @example a7d0c1a2-4c7e-4d0b-9f53-2b7f0e6f1c11
         */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description id of the school
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        schoolId: string;
        /**
         * @description channel
         * @example email
         */
        channel: 'email' | 'sms';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "state": "unavailable",
           *       "address": "anna@example.ru",
           *       "proposedAddress": "Text",
           *       "pendingAddress": "Text",
           *       "openedAt": "2026-10-05T08:30:00Z",
           *       "consentVersion": "Text",
           *       "consentText": "Text"
           *     }
           */
          'application/json': components['schemas']['ContactView'];
        };
      };
      400: components['responses']['BadRequest2'];
      401: components['responses']['Unauthorized'];
      /** @description This caller may not do this. */
      403: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'access.forbidden' | 'access.another-school' | 'access.password-change-required';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.idempotency-key-reused' | 'notifications.contact-not-open';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  confirmContact: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
         *       "channel": "email",
         *       "code": "482913",
         *       "consentVersion": "Text"
         *     }
         */
        'application/json': components['schemas']['ConfirmContact'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "state": "unavailable",
           *       "address": "anna@example.ru",
           *       "proposedAddress": "Text",
           *       "pendingAddress": "Text",
           *       "openedAt": "2026-10-05T08:30:00Z",
           *       "consentVersion": "Text",
           *       "consentText": "Text"
           *     }
           */
          'application/json': components['schemas']['ContactView'];
        };
      };
      /** @description The request breaks its contract. Codes at fields: `notifications.code-wrong`. */
      400: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed' | 'request.idempotency-key-invalid';
          };
        };
      };
      401: components['responses']['Unauthorized'];
      /** @description This caller may not do this. Codes at fields: `notifications.code-wrong`. */
      403: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'access.forbidden' | 'access.another-school' | 'access.password-change-required';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. Codes at fields: `notifications.code-wrong`. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'notifications.code-expired' | 'notifications.consent-text-changed';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  getSubscription: {
    parameters: {
      query?: {
        /**
         * @description RFC 8058: the provider sends `One-Click`
         * @example Text
         */
        'List-Unsubscribe'?: string;
      };
      header?: never;
      path: {
        /**
         * @description token
         * @example Zx4kq0h1W9c2rT7uVbN5mPaE
         */
        token: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "schoolName": "Школа № 7",
           *       "maskedAddress": "a…a@example.ru",
           *       "state": "open"
           *     }
           */
          'application/json': components['schemas']['SubscriptionView'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized2'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'notifications.subscription-not-found';
          };
        };
      };
      414: components['responses']['PathTooLong'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  unsubscribe: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description token
         * @example Zx4kq0h1W9c2rT7uVbN5mPaE
         */
        token: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "List-Unsubscribe": "Text"
         *     }
         */
        'application/json': {
          /** @description RFC 8058: the provider sends `One-Click` */
          'List-Unsubscribe'?: string;
        };
        /**
         * @example {
         *       "List-Unsubscribe": "Text"
         *     }
         */
        'application/x-www-form-urlencoded': {
          /** @description RFC 8058: the provider sends `One-Click` */
          'List-Unsubscribe'?: string;
        };
        /**
         * @example {
         *       "List-Unsubscribe": "Text"
         *     }
         */
        'multipart/form-data': {
          /** @description RFC 8058: the provider sends `One-Click` */
          'List-Unsubscribe'?: string;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /** @example {} */
          'application/json': components['schemas']['Done'];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized2'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'notifications.subscription-not-found';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  listConsents: {
    parameters: {
      query?: {
        /**
         * @description one of the caller’s schools; all of them if left out
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        schoolId?: string;
        /**
         * @description part of the guardian’s name or of the address
         * @example Text
         */
        q?: string;
        /**
         * @description from 1
         * @example 1
         */
        page?: number;
      };
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "consents": [
           *         {
           *           "consentId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "guardianName": "Соколова Ольга Сергеевна",
           *           "channel": "email",
           *           "address": "anna@example.ru",
           *           "event": "given",
           *           "how": "code",
           *           "textVersion": "Text",
           *           "text": "Text",
           *           "at": "2026-10-05T08:30:00Z",
           *           "accountId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "ipAddress": "192.0.2.10",
           *           "userAgent": "Mozilla/5.0"
           *         }
           *       ],
           *       "total": 1
           *     }
           */
          'application/json': components['schemas']['ConsentPage'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  requestContactCode: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
        /**
         * @description The same key with the same request is done once and answered the same.
         * @example a7d0c1a2-4c7e-4d0b-9f53-2b7f0e6f1c11
         */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "schoolId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
         *       "channel": "email",
         *       "address": "anna@example.ru"
         *     }
         */
        'application/json': components['schemas']['RequestContactCode'];
      };
    };
    responses: {
      /** @description Accepted: it is done in the background. */
      202: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "address": "anna@example.ru",
           *       "expiresAt": "2026-10-05T08:30:00Z",
           *       "nextCodeAt": "2026-10-05T08:30:00Z"
           *     }
           */
          'application/json': components['schemas']['ContactCodeSent'];
        };
      };
      /** @description The request breaks its contract. Codes at fields: `notifications.address-invalid`. */
      400: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed' | 'request.idempotency-key-invalid';
          };
        };
      };
      401: components['responses']['Unauthorized'];
      /** @description This caller may not do this. Codes at fields: `notifications.address-invalid`. */
      403: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'access.forbidden' | 'access.another-school' | 'access.password-change-required';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. Codes at fields: `notifications.address-invalid`. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.idempotency-key-reused' | 'notifications.channel-unavailable';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      /** @description Too many requests. Codes at fields: `notifications.address-invalid`. */
      429: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'request.rate-limited'
              | 'notifications.code-too-soon'
              | 'notifications.too-many-codes'
              | 'notifications.too-many-codes-to-address';
          };
        };
      };
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  listDeliveries: {
    parameters: {
      query?: {
        /**
         * @description one of the caller’s schools; all of them if left out
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        schoolId?: string;
        /**
         * @description first day, in the school’s time zone
         * @example 2026-10-05
         */
        from?: string;
        /**
         * @description last day
         * @example 2026-10-05
         */
        to?: string;
        /**
         * @description channel
         * @example email
         */
        channel?: 'email' | 'sms';
        /**
         * @description trouble: undelivered, refused, uncertain and expired
         * @example all
         */
        state?:
          | 'all'
          | 'trouble'
          | 'waiting'
          | 'sending'
          | 'submitted'
          | 'delivered'
          | 'undelivered'
          | 'refused'
          | 'uncertain'
          | 'expired'
          | 'cancelled';
        /**
         * @description part of a guardian’s or child’s name, or of the address
         * @example Text
         */
        q?: string;
        /**
         * @description from 1
         * @example 1
         */
        page?: number;
      };
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "deliveries": [
           *         {
           *           "messageId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "createdAt": "2026-10-05T08:30:00Z",
           *           "dueAt": "2026-10-05T08:30:00Z",
           *           "submittedAt": "2026-10-05T08:30:00Z",
           *           "settledAt": "2026-10-05T08:30:00Z",
           *           "guardianName": "Соколова Ольга Сергеевна",
           *           "children": [
           *             "Text"
           *           ],
           *           "channel": "email",
           *           "address": "anna@example.ru",
           *           "kind": "notice",
           *           "text": "Text",
           *           "state": "waiting",
           *           "attempts": 1,
           *           "parts": 1,
           *           "problem": "Text"
           *         }
           *       ],
           *       "total": 1
           *     }
           */
          'application/json': components['schemas']['DeliveryPage'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  resendMessage: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
        /**
         * @description The same key with the same request is done once and answered the same.
         * @example a7d0c1a2-4c7e-4d0b-9f53-2b7f0e6f1c11
         */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description id of the message
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        messageId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "messageId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "state": "waiting"
           *     }
           */
          'application/json': components['schemas']['ResentMessage'];
        };
      };
      400: components['responses']['BadRequest2'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'notifications.message-not-found';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'request.idempotency-key-reused'
              | 'notifications.message-not-in-trouble'
              | 'notifications.contact-not-open';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  cancelReport: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
        /**
         * @description The same key with the same request is done once and answered the same.
         * @example a7d0c1a2-4c7e-4d0b-9f53-2b7f0e6f1c11
         */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description id
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "state": "queued"
           *     }
           */
          'application/json': components['schemas']['ReportRef'];
        };
      };
      400: components['responses']['BadRequest2'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'reporting.report-not-found';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.idempotency-key-reused' | 'reporting.report-finished';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  getReport: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path: {
        /**
         * @description id
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "state": "queued",
           *       "kind": "class-subject-journal",
           *       "title": "7А",
           *       "periodTitle": "1 четверть",
           *       "from": "2026-10-05",
           *       "to": "2026-10-05",
           *       "progress": 1,
           *       "orderedBy": "Смирнов Олег Игоревич",
           *       "isMine": true,
           *       "orderedAt": "2026-10-05T08:30:00Z",
           *       "finishedAt": "2026-10-05T08:30:00Z",
           *       "expiresAt": "2026-10-05T08:30:00Z",
           *       "fileName": "journal-7a.xlsx",
           *       "size": 1,
           *       "errorCode": "Text"
           *     }
           */
          'application/json': components['schemas']['ReportView'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'reporting.report-not-found';
          };
        };
      };
      414: components['responses']['PathTooLong'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  deleteReport: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
        /**
         * @description The same key with the same request is done once and answered the same.
         * @example a7d0c1a2-4c7e-4d0b-9f53-2b7f0e6f1c11
         */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description id
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /** @example {} */
          'application/json': components['schemas']['Done'];
        };
      };
      400: components['responses']['BadRequest2'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'reporting.report-not-found';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.idempotency-key-reused' | 'reporting.report-unfinished';
          };
        };
      };
      413: components['responses']['BodyTooLarge'];
      414: components['responses']['PathTooLong'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  downloadReport: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path: {
        /**
         * @description id
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The file. */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          /**
           * @description attachment with the file’s name
           * @example attachment; filename="journal-7a.xlsx"
           */
          'Content-Disposition'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'reporting.report-not-found';
          };
        };
      };
      /** @description The state of the record, or another command, forbids it. */
      409: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'reporting.report-unfinished';
          };
        };
      };
      /** @description It is not there any more. */
      410: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.file-gone' | 'reporting.file-expired';
          };
        };
      };
      414: components['responses']['PathTooLong'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  getReportChoices: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "groups": [
           *         {
           *           "groupId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "classId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "title": "7А",
           *           "subjectTitle": "Алгебра",
           *           "classTitle": "7А",
           *           "isMine": true,
           *           "isPast": true
           *         }
           *       ],
           *       "classes": [
           *         {
           *           "classId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "title": "7А",
           *           "isMine": true,
           *           "isPast": true
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ReportChoices'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  listReports: {
    parameters: {
      query?: {
        /**
         * @description only what this actor ordered
         * @example true
         */
        mine?: boolean;
        /**
         * @description page
         * @example 1
         */
        page?: number;
        /**
         * @description 20 unless said
         * @example 1
         */
        pageSize?: number;
      };
      header?: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "reports": [
           *         {
           *           "id": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *           "state": "queued",
           *           "kind": "class-subject-journal",
           *           "title": "7А",
           *           "periodTitle": "1 четверть",
           *           "from": "2026-10-05",
           *           "to": "2026-10-05",
           *           "progress": 1,
           *           "orderedBy": "Смирнов Олег Игоревич",
           *           "isMine": true,
           *           "orderedAt": "2026-10-05T08:30:00Z",
           *           "finishedAt": "2026-10-05T08:30:00Z",
           *           "expiresAt": "2026-10-05T08:30:00Z",
           *           "fileName": "journal-7a.xlsx",
           *           "size": 1,
           *           "errorCode": "Text"
           *         }
           *       ],
           *       "total": 1
           *     }
           */
          'application/json': components['schemas']['ReportPage'];
        };
      };
      304: components['responses']['NotModified'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  orderReport: {
    parameters: {
      query?: never;
      header: {
        /**
         * @description The school that a person of several schools works in now.
         * @example 0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071
         */
        'Parta-School'?: string;
        /**
         * @description The same key with the same request is done once and answered the same.
         * @example a7d0c1a2-4c7e-4d0b-9f53-2b7f0e6f1c11
         */
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "kind": "class-subject-journal",
         *       "groupId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
         *       "classId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
         *       "periodId": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
         *       "from": "2026-10-05",
         *       "to": "2026-10-05"
         *     }
         */
        'application/json': components['schemas']['OrderReport'];
      };
    };
    responses: {
      /** @description Accepted: it is done in the background. */
      202: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
           *       "state": "queued"
           *     }
           */
          'application/json': components['schemas']['ReportRef'];
        };
      };
      /** @description The request breaks its contract. */
      400: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'request.invalid'
              | 'request.malformed'
              | 'request.idempotency-key-missing'
              | 'request.idempotency-key-invalid'
              | 'reporting.period-outside-year'
              | 'reporting.nothing-to-print';
          };
        };
      };
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      /** @description No such record among those that the caller may see. */
      404: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'reporting.group-not-found' | 'reporting.class-not-found' | 'reporting.period-not-found';
          };
        };
      };
      408: components['responses']['RequestTimeout'];
      409: components['responses']['Conflict'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      /** @description Too many requests. */
      429: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rate-limited' | 'reporting.too-many-waiting';
          };
        };
      };
      500: components['responses']['Failure'];
      503: components['responses']['Unavailable'];
    };
  };
  live: {
    parameters: {
      query?: {
        /**
         * @description A study group, whose journal’s changes are added; `school`: those of every journal of the school.
         * @example school
         */
        journal?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The stream. */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example event: ready
           *     data: {}
           */
          'text/event-stream': string;
        };
      };
      /** @description Credentials are missing or not valid. */
      401: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'WWW-Authenticate': components['headers']['Challenge'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'access.unauthenticated' | 'access.token-invalid' | 'access.token-expired';
          };
        };
      };
      /** @description This caller may not do this. */
      403: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'access.forbidden' | 'access.password-change-required';
          };
        };
      };
      /** @description Too many requests. */
      429: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rate-limited' | 'request.too-many-streams';
          };
        };
      };
      /** @description The request failed unexpectedly. */
      500: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'service.failure';
          };
        };
      };
      /** @description It cannot be answered just now. */
      503: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'service.unavailable' | 'service.busy';
          };
        };
      };
    };
  };
  getDescription: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The description. */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "openapi": "3.1.0"
           *     }
           */
          'application/json': Record<string, never>;
        };
      };
      /** @description Nothing has changed since the answer with this ETag. */
      304: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Too many requests. */
      429: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rate-limited';
          };
        };
      };
    };
  };
  getAuthorizationServerMetadata: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The metadata. */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "issuer": "https://journal.example.ru",
           *       "token_endpoint": "https://journal.example.ru/oauth/token",
           *       "response_types_supported": [],
           *       "grant_types_supported": [
           *         "client_credentials"
           *       ],
           *       "token_endpoint_auth_methods_supported": [
           *         "client_secret_basic",
           *         "client_secret_post"
           *       ],
           *       "scopes_supported": [
           *         "roster.decide",
           *         "roster.read",
           *         "roster.write",
           *         "timetable.write"
           *       ],
           *       "service_documentation": "https://journal.example.ru/api/openapi.json"
           *     }
           */
          'application/json': components['schemas']['AuthorizationServerMetadata'];
        };
      };
      /** @description Nothing has changed since the answer with this ETag. */
      304: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Too many requests. */
      429: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rate-limited';
          };
        };
      };
    };
  };
  isLive: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It runs. */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "status": "live"
           *     }
           */
          'application/json': {
            /** @constant */
            status: 'live';
          };
        };
      };
      /** @description Too many requests. */
      429: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rate-limited';
          };
        };
      };
    };
  };
  isReady: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It takes requests. */
      200: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "status": "ready"
           *     }
           */
          'application/json': {
            /** @constant */
            status: 'ready';
          };
        };
      };
      /** @description Too many requests. */
      429: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rate-limited';
          };
        };
      };
      /** @description It takes none just now. */
      503: {
        headers: {
          'X-Correlation-Id': components['headers']['CorrelationId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "status": "not ready"
           *     }
           */
          'application/json': {
            /** @constant */
            status: 'not ready';
          };
        };
      };
    };
  };
}
