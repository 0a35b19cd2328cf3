using System.Globalization;
using System.Text;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Reading;

/// <summary>Listings, newest first. Which index is walked is said here and not left to the planner, which knows no sizes.</summary>
internal sealed partial class HubReader
{
    /// <exception cref="ContinuationTokenException">The token is not one of a task hub.</exception>
    public Page<OrchestrationMetadata> List(OrchestrationQuery query, string? token, int pageSize)
    {
        ListingPlace after = ListingPlace.Parse(token);
        return Read(connection => connection.Snapshot(snapshot =>
        {
            IReadOnlyList<ListingPlace> places = Places(snapshot, query, after, pageSize + 1);
            SqliteStatement metadata = snapshot.Prepare($"{Metadata} WHERE i.key = ?1");
            IReadOnlyList<OrchestrationMetadata> values = [.. places.Take(pageSize).Select(place => Metadatum(metadata.Bind(1, place.Key), query.FetchInputsAndOutputs)!)];
            return new Page<OrchestrationMetadata>(values, places.Count > pageSize ? places[pageSize - 1].ToString() : null);
        }));
    }

    /// <summary>The next instances that fit.</summary>
    public IReadOnlyList<ListingPlace> Places(OrchestrationQuery query, ListingPlace after, int most) =>
        Read(connection => Places(connection, query, after, most));

    private static List<ListingPlace> Places(ReaderConnection connection, OrchestrationQuery query, ListingPlace after, int most)
    {
        (string sql, List<object> values) = Listing(query, after);
        SqliteStatement statement = connection.Prepare(sql);
        for (int index = 0; index < values.Count; index++)
        {
            _ = values[index] is string text ? statement.Bind(index + 1, text) : statement.Bind(index + 1, (long)values[index]);
        }

        List<ListingPlace> places = [];
        try
        {
            while (places.Count < most && statement.Step())
            {
                if (query.CustomStatus is not { } filter || CustomStatusSearch.Matches(statement.TextOrNull(2), filter))
                {
                    places.Add(new(statement.Int64(1), statement.Int64(0)));
                }
            }
        }
        finally
        {
            statement.Reset();
        }

        return places;
    }

    internal static (string Sql, List<object> Values) Listing(OrchestrationQuery query, ListingPlace after)
    {
        List<object> values = [];
        if (query.CreatedTo is { UtcTicks: var newest } && newest < after.Created)
        {
            // Where the walk begins.
            after = new(newest, long.MaxValue);
        }

        string filter = Filter(query, after, values);
        string columns = $"SELECT i.key, i.created{(query.CustomStatus is null ? "" : ", i.custom_status")} FROM";
        string order = "ORDER BY 2 DESC, 1 DESC";
        OrchestrationRuntimeStatus[] statuses = [.. (query.Statuses ?? []).Distinct().Order()];
        if (query.BusinessId is { } id)
        {
            values.Add(id);
            string among = statuses.Length == 0 ? "" : $" AND i.status IN ({string.Join(", ", statuses.Select(Number))})";
            return ($"{columns} business_ids b CROSS JOIN instances i ON i.key = b.instance WHERE {filter} AND b.id = ?{values.Count}{among} {order}", values);
        }

        if (statuses.Length > 0)
        {
            // One walk per status, merged in order.
            return ($"{string.Join(" UNION ALL ", statuses.Select(status => $"{columns} instances i INDEXED BY instances_status WHERE i.status = {Number(status)} AND {filter}"))} {order}", values);
        }

        return ($"{columns} instances i INDEXED BY {(query.Name is null ? "instances_created" : "instances_name")} WHERE {filter} {order}", values);
    }

    private static string Filter(OrchestrationQuery query, ListingPlace after, List<object> values)
    {
        StringBuilder filter = new("i.created <= ?1 AND (i.created < ?1 OR i.key < ?2)");
        values.AddRange([after.Created, after.Key]);
        Add(query.Name, "i.name = {0}");
        Add(query.CreatedFrom?.UtcTicks, "i.created >= {0}");
        if (query.InstanceIdPrefix is { Length: > 0 } prefix)
        {
            Add(prefix, "i.id >= {0}");
            Add(prefix + "\U0010FFFF", "i.id < {0}");
        }

        if (query.CustomStatus is { } status)
        {
            // A quick look before the rule: such a value stands in JSON as it is, and most statuses do not hold it.
            string quoted = status.Value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' or ' ') ? $"\"{status.Value}\"" : "\"";
            Add(quoted, "instr(i.custom_status, {0}) > 0");
        }

        return filter.ToString();

        void Add(object? value, string condition)
        {
            if (value is not null)
            {
                values.Add(value);
                filter.Append(" AND ").AppendFormat(CultureInfo.InvariantCulture, condition, $"?{values.Count}");
            }
        }
    }

    private static string Number(OrchestrationRuntimeStatus status) => ((int)status).ToString(CultureInfo.InvariantCulture);
}
