import { Controller } from '@nestjs/common';
import { getSchoolYear, type SchoolYearList, type YearOfSchool } from '@parta/contracts-curriculum';
import { Handles } from '@parta/platform-rpc';
import type { SchoolYear } from '../school-year.js';
import { SchoolYears } from '../school-years.js';

@Controller()
export class GetSchoolYear {
  constructor(private readonly years: SchoolYears) {}

  @Handles(getSchoolYear)
  async execute(): Promise<SchoolYearList> {
    const schools = await this.years.ofAll();
    return {
      years: schools.map(({ running }) => {
        const { daysOff, transfers, bells } = running;
        return { ...spanOf(running), daysOff, transfers, bells };
      }),
      earlier: schools.flatMap(({ earlier }) => earlier.map(spanOf)),
    };
  }
}

const spanOf = ({ id, schoolId, title, startDate, endDate, periods }: SchoolYear): YearOfSchool => ({
  schoolId,
  academicYearId: id,
  title,
  startDate,
  endDate,
  periods,
});
