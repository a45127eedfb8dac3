using AzOpenAI.HelpBuilder;

if (args.Length != 2)
{
    Console.Error.WriteLine("Usage: dotnet AzOpenAI.HelpBuilder.dll <folder with the markdown pages> <output folder>");
    return 2;
}

return HelpBuild.Run(args[0], args[1], Console.Out, Console.Error);
