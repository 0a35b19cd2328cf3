namespace Orchestrator.Agents.Mail;

/// <summary>Days on which banks work, weekends left out; holidays differ by country and are not known here.</summary>
public static class BusinessDays
{
    public static DateTimeOffset After(DateTimeOffset start, int days)
    {
        DateTimeOffset day = start;
        for (int left = days; left > 0;)
        {
            day = day.AddDays(1);
            left -= day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1;
        }

        return day;
    }
}
