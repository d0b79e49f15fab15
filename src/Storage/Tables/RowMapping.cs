using System.Data;
using System.Globalization;
using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;
using Parallax.Domain;

namespace Parallax.Storage.Tables;

/// <summary>Tells Dapper how our records and amounts are read and written, the same on both databases.</summary>
internal static class RowMapping
{
    private static readonly Lazy<bool> Registered = new(() =>
    {
        SqlMapper.TypeMapProvider = type => type.Assembly == typeof(RowMapping).Assembly && type.GetConstructors() is [{ } only] && only.GetParameters().Length > 0
            ? new ByConstructor(only)
            : new DefaultTypeMap(type);
        SqlMapper.RemoveTypeMap(typeof(decimal));
        SqlMapper.RemoveTypeMap(typeof(decimal?));
        SqlMapper.AddTypeHandler(new Amount());
        return true;
    });

    public static void Register() => _ = Registered.Value;

    /// <summary>The column of a property or parameter: <c>TopNetBps</c> is <c>top_net_bps</c>.</summary>
    public static string Column(string name) =>
        string.Concat(name.Select((letter, at) => char.IsUpper(letter) ? (at > 0 ? "_" : "") + char.ToLowerInvariant(letter) : letter.ToString()));

    /// <summary>Exact, and without trailing zeros, so that the same amount is the same text whatever computed it.</summary>
    private sealed class Amount : SqlMapper.TypeHandler<decimal>
    {
        public override void SetValue(IDbDataParameter parameter, decimal value) =>
            parameter.Value = parameter is SqliteParameter ? Decimals.Plain(value) : Decimals.Trim(value);

        // More digits than a decimal has are rounded: only running sums can have them.
        public override decimal Parse(object value) => value is decimal exact
            ? exact
            : decimal.Parse((string)value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
    }

    /// <summary>Columns stand in the order of the constructor's parameters. Dapper's own map would ask for equal types, which SQLite does not have.</summary>
    private sealed class ByConstructor(ConstructorInfo constructor) : SqlMapper.ITypeMap
    {
        public ConstructorInfo? FindConstructor(string[] names, Type[] types) =>
            names.SequenceEqual(constructor.GetParameters().Select(parameter => Column(parameter.Name!)))
                ? constructor
                : throw new InvalidOperationException($"The columns of {constructor.DeclaringType!.Name} are {string.Join(", ", names)}.");

        public ConstructorInfo? FindExplicitConstructor() => null;

        public SqlMapper.IMemberMap? GetConstructorParameter(ConstructorInfo constructor, string columnName) =>
            new Parameter(columnName, constructor.GetParameters().Single(parameter => Column(parameter.Name!) == columnName));

        public SqlMapper.IMemberMap? GetMember(string columnName) => null;
    }

    private sealed class Parameter(string column, ParameterInfo parameter) : SqlMapper.IMemberMap
    {
        public string ColumnName => column;

        public Type MemberType => parameter.ParameterType;

        public PropertyInfo? Property => null;

        public FieldInfo? Field => null;

        ParameterInfo? SqlMapper.IMemberMap.Parameter => parameter;
    }
}
