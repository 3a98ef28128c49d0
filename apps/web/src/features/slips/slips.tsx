import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/types';
import { useFormats } from '../../i18n/use-formats';
import { fullName } from '../../ui/names';
import classes from './slips.module.css';

const siteAddress = (path: string): string => `${window.location.host}${path}`;

/** Slips to cut out, two in a row on A4. */
export function SlipSheet({ children, label }: { children: ReactNode; label?: string }) {
  return (
    <ul className={classes.sheet} aria-label={label}>
      {children}
    </ul>
  );
}

interface SlipProps {
  schoolName: string;
  whom: string;
  about?: string;
  values: { label: string; value: string }[];
  steps: string[];
  warning: string;
}

function Slip({ schoolName, whom, about, values, steps, warning }: SlipProps) {
  return (
    <li className={classes.slip}>
      <p className={classes.school}>{schoolName}</p>
      <p className={classes.whom}>{whom}</p>
      {about && <p className={classes.about}>{about}</p>}
      <dl className={classes.values}>
        {values.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ol className={classes.steps}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p className={classes.warning}>{warning}</p>
    </li>
  );
}

interface InvitationSlipProps {
  schoolName: string;
  classTitle: string | null;
  invitation: Schemas['IssuedInvitation'];
}

export function InvitationSlip({ schoolName, classTitle, invitation }: InvitationSlipProps) {
  const { t } = useTranslation('slips');
  const formats = useFormats();
  const about = [
    invitation.studentName && t('guardianOf', { student: invitation.studentName }),
    classTitle && t('class', { title: classTitle }),
  ];
  return (
    <Slip
      schoolName={schoolName}
      whom={fullName(invitation)}
      about={about.filter(Boolean).join(', ')}
      values={[{ label: t('code'), value: invitation.code }]}
      steps={[t('step1', { address: siteAddress('/invitation') }), t('step2')]}
      warning={t('until', { date: formats.day(invitation.expiresAt) })}
    />
  );
}

interface CredentialsSlipProps {
  schoolName: string;
  name: string;
  login: string;
  password: string;
}

export function CredentialsSlip({ schoolName, name, login, password }: CredentialsSlipProps) {
  const { t } = useTranslation('slips');
  return (
    <Slip
      schoolName={schoolName}
      whom={name}
      values={[
        { label: t('login'), value: login },
        { label: t('password'), value: password },
      ]}
      steps={[t('step1', { address: siteAddress('/') }), t('step2Login'), t('step3Login')]}
      warning={t('secret')}
    />
  );
}
