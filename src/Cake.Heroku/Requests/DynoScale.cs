namespace Cake.Heroku;

public sealed record DynoScale(int Quantity);
