import classes from '../../locales/en/classes.json';
import deliveries from '../../locales/en/deliveries.json';
import exchange from '../../locales/en/exchange.json';
import home from '../../locales/en/home.json';
import journal from '../../locales/en/journal.json';
import operations from '../../locales/en/operations.json';
import oversight from '../../locales/en/oversight.json';
import people from '../../locales/en/people.json';
import region from '../../locales/en/region.json';
import reports from '../../locales/en/reports.json';
import slips from '../../locales/en/slips.json';

export default {
  classes,
  deliveries,
  exchange,
  home,
  journal,
  operations,
  oversight,
  people,
  region,
  reports,
  slips,
};
