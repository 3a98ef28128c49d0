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
     *     Errors: `messaging.parked-fact-not-found`, `messaging.still-failing`, `operations.unknown-service`.
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
     *     Errors: `curriculum.bells-overlap`, `curriculum.bell-in-use`.
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
     *     Errors: `curriculum.group-not-found`, `curriculum.plan-unreadable`, `curriculum.plans-wait`, `curriculum.plan-changed`.
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
     *     Errors: `diary.student-not-found`, `diary.range-too-long`.
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
     *     Errors: `identity.wrong-credentials`, `identity.locked-out`, `identity.account-blocked`, `identity.busy`.
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
     *     Errors: `identity.wrong-credentials`, `identity.locked-out`, `identity.busy`, `identity.password-too-weak`.
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
     *     Errors: `identity.invitation-unknown`, `identity.invitation-used`, `identity.invitation-expired`, `identity.account-exists`, `identity.login-taken`, `identity.join-refused`, `identity.locked-out`, `identity.account-blocked`, `identity.password-too-weak`, `identity.busy`.
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
     *     Errors: `identity.account-not-found`, `identity.own-account`, `identity.account-of-other-schools`, `identity.busy`.
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
     *     Errors: `identity.person-not-found`, `identity.grant-not-found`, `identity.grant-follows-roster`, `identity.own-account`.
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
     *     Errors: `identity.account-not-found`, `identity.own-account`, `identity.account-of-other-schools`.
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
     *     Errors: `identity.wrong-client-credentials`, `identity.scope-not-allowed`.
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
     *     Errors: `journal.lesson-not-found`, `journal.not-your-lesson`, `journal.lesson-stale`, `journal.entry-window-closed`, `journal.student-not-in-group`, `journal.homework-contradiction`, `journal.homework-due-before-lesson`, `journal.work-type-unknown`.
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
     *     Errors: `journal.lesson-not-found`, `journal.not-your-lesson`, `journal.entry-window-closed`.
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
     *     Errors: `journal.lesson-not-found`, `journal.not-your-lesson`, `journal.lesson-not-begun`, `journal.entry-window-closed`, `journal.student-not-in-group`, `journal.cell-stale`, `journal.mark-not-found`, `journal.no-marks-in-first-year`, `journal.too-many-marks`, `journal.work-type-unknown`.
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
     *     Errors: `journal.journal-not-found`, `journal.range-too-long`.
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
     *     Errors: `journal.opening-not-found`, `journal.opening-already-decided`, `journal.opening-date-out-of-range`, `journal.refusal-without-reason`.
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
     *     Errors: `journal.lesson-not-found`, `journal.not-your-lesson`, `journal.lesson-is-open`, `journal.lesson-not-begun`, `journal.opening-already-requested`.
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
     *     Errors: `journal.class-not-found`, `journal.not-your-class`, `journal.range-too-long`.
     */
    get: operations['listClassAbsences'];
    put?: never;
    /**
     * The class teacher writes reasons of absences (R130, R131)
     * @description Who may: homeroom-teacher, group-curator (own classes).
     *
     *     Errors: `journal.class-not-found`, `journal.not-your-class`, `journal.cell-stale`, `journal.not-an-absence`.
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
     *     Errors: `notifications.child-not-found`, `notifications.contact-not-open`, `notifications.choices-stale`, `notifications.kind-repeated`.
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
     *     Errors: `access.another-school`, `notifications.digest-in-quiet-hours`.
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
     *     Errors: `access.another-school`, `notifications.code-wrong`, `notifications.code-expired`, `notifications.consent-text-changed`.
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
     *     Errors: `access.another-school`, `notifications.channel-unavailable`, `notifications.address-invalid`, `notifications.code-too-soon`, `notifications.too-many-codes`, `notifications.too-many-codes-to-address`.
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
     *     Errors: `reporting.group-not-found`, `reporting.class-not-found`, `reporting.period-not-found`, `reporting.period-outside-year`, `reporting.nothing-to-print`, `reporting.too-many-waiting`.
     */
    post: operations['orderReport'];
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
      error: string;
      error_description: string;
      code: string;
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
      /** @description letters, digits and . _ @ - */
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
    RequestToken: {
      /** @enum {string} */
      grant_type: 'client_credentials';
      client_id: string;
      client_secret: string;
      /** @description space-separated; all allowed scopes if left out */
      scope?: string;
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
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  listParkedFacts: {
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ParkedFactsView'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  redriveParkedFact: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RedriveParkedFact'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RedrivenFacts'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  discardParkedFact: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DiscardParkedFact'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Nothing'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  decideParkedRoster: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          decision: 'apply' | 'refuse';
          /** @description why, for the record */
          reason: string;
        };
      };
    };
    responses: {
      /** @description OK */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RosterJobRef'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getRosterJob: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RosterJobView'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listRosterJobs: {
    parameters: {
      query?: {
        state?: 'queued' | 'running' | 'validated' | 'applied' | 'parked' | 'refused';
        page?: number;
        pageSize?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RosterJobPage'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  submitRoster: {
    parameters: {
      query?: {
        dryRun?: boolean;
      };
      header: {
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/zip': string;
      };
    };
    responses: {
      /** @description OK */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RosterJobRef'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getClass: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        classId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ClassView'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listClasses: {
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ClassList'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listSchools: {
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SchoolList'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  submitTimetable: {
    parameters: {
      query?: {
        dryRun?: boolean;
        confirmedRemovals?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'text/csv': string;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TimetableReport'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  setDayOff: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SetDayOff'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Done'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  clearDayOff: {
    parameters: {
      query: {
        schoolId: string;
        date: string;
      };
      header?: {
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Done'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getSchoolYear: {
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SchoolYearList'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  setBells: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SetBells'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Done'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  transferSchoolDay: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TransferSchoolDay'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Done'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getThematicPlan: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        groupId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ThematicPlanView'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  importThematicPlan: {
    parameters: {
      query?: {
        dryRun?: boolean;
        replacesVersion?: number;
        sheet?: string;
        headingRow?: number;
        topicColumn?: number;
        sectionColumn?: number;
        homeworkColumn?: number;
        controlWorkColumn?: number;
      };
      header?: never;
      path: {
        groupId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ThematicPlanReport'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listDays: {
    parameters: {
      query: {
        from: string;
        to: string;
      };
      header?: never;
      path: {
        studentId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DiaryDaysView'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listSubjectMarks: {
    parameters: {
      query?: {
        periodId?: string;
      };
      header?: never;
      path: {
        studentId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubjectMarksView'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
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
        'application/json': components['schemas']['StartSession'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionView'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Done'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionView'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  changePassword: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangePassword'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionView'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  endOtherSession: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Done'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getMe: {
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MeView'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listSessions: {
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionList'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
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
        'application/json': components['schemas']['AcceptInvitation'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionView'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
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
        'application/json': components['schemas']['InvitationCode'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InvitationView'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  issueClassInvitations: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        classId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IssuedInvitations'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  issuePersonInvitation: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        personId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IssuedInvitations'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  countAccounts: {
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AccountCounts'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createAccount: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        personId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description made from the name if left out */
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AccountCredentials'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  grantRole: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        personId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PersonGrant'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listPeople: {
    parameters: {
      query?: {
        q?: string;
        kind?: 'staff' | 'student' | 'guardian';
        classId?: string;
        schoolId?: string;
        account?: 'none' | 'invited' | 'active' | 'blocked';
        sort?: 'name' | 'class' | 'account';
        page?: number;
        pageSize?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PeoplePage'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  resetPassword: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        accountId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AccountCredentials'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  revokeRole: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        personId: string;
        grantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Done'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  setAccountBlocked: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        accountId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Done'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listClients: {
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ClientList'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  registerClient: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RegisterClient'];
      };
    };
    responses: {
      /** @description OK */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ClientCredentials'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
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
        'application/json': components['schemas']['RequestToken'];
        'application/x-www-form-urlencoded': components['schemas']['RequestToken'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TokenView'];
        };
      };
      /** @description Error */
      default: {
        headers: {
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
        'Idempotency-Key'?: string;
      };
      path: {
        clientId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          isBlocked: boolean;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Done'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getLesson: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        lessonId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LessonCard'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  describeLesson: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        lessonId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DescribedLesson'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listMyLessons: {
    parameters: {
      query: {
        date: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DayLessons'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  takeAttendance: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        lessonId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AttendanceTaken'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getCellHistory: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        lessonId: string;
        studentId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CellHistory'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listWorkTypes: {
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WorkTypeList'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  recordEntries: {
    parameters: {
      query?: never;
      header: {
        'Idempotency-Key': string;
      };
      path: {
        lessonId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          entries: components['schemas']['JournalEntry'][];
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RecordedEntries'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getJournalPage: {
    parameters: {
      query: {
        from: string;
        to: string;
      };
      header?: never;
      path: {
        groupId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JournalPageView'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listJournals: {
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JournalList'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  decideOpening: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        requestId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OpeningRequest'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listOpeningRequests: {
    parameters: {
      query?: {
        isWaiting?: boolean;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OpeningRequests'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  requestOpening: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        lessonId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OpeningRequest'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listClassAbsences: {
    parameters: {
      query: {
        from: string;
        to: string;
      };
      header?: never;
      path: {
        classId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ClassAbsences'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  explainAbsences: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        classId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          absences: components['schemas']['ExplainAbsence'][];
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RecordedEntries'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listMissing: {
    parameters: {
      query: {
        date: string;
        withComing?: boolean;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MissingView'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getSettings: {
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationSettings'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  setChildChoices: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        studentId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ChildChoices'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  setHours: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        schoolId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SetHours'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  closeContact: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        schoolId: string;
        channel: 'email' | 'sms';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ContactView'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  confirmContact: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ConfirmContact'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ContactView'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getSubscription: {
    parameters: {
      query?: {
        'List-Unsubscribe'?: string;
      };
      header?: never;
      path: {
        token: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubscriptionView'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  unsubscribe: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        token: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description RFC 8058: the provider sends `One-Click` */
          'List-Unsubscribe'?: string;
        };
        'application/x-www-form-urlencoded': {
          /** @description RFC 8058: the provider sends `One-Click` */
          'List-Unsubscribe'?: string;
        };
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Done'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listConsents: {
    parameters: {
      query?: {
        schoolId?: string;
        q?: string;
        page?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConsentPage'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  requestContactCode: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RequestContactCode'];
      };
    };
    responses: {
      /** @description OK */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ContactCodeSent'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listDeliveries: {
    parameters: {
      query?: {
        schoolId?: string;
        from?: string;
        to?: string;
        channel?: 'email' | 'sms';
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
        q?: string;
        page?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeliveryPage'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  resendMessage: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        messageId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ResentMessage'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  cancelReport: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReportRef'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getReport: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReportView'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteReport: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Done'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  downloadReport: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description attachment with the file’s name */
          'Content-Disposition'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getReportChoices: {
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
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReportChoices'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listReports: {
    parameters: {
      query?: {
        mine?: boolean;
        page?: number;
        pageSize?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReportPage'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  orderReport: {
    parameters: {
      query?: never;
      header: {
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['OrderReport'];
      };
    };
    responses: {
      /** @description OK */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReportRef'];
        };
      };
      /** @description Problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
}
